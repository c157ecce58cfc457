using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>A simulation of 14 symbols over ten years of daily bars with monthly retrains, beside the same without.</summary>
static class BacktestBench
{
    const int Symbols = 14;
    const int Years = 10;
    const int SessionsAYear = 252;

    public static IReadOnlyList<BenchFigure> Run(CancellationToken cancellation) => Run(Symbols, Years * SessionsAYear, cancellation);

    /// <summary>So many symbols and bars of each.</summary>
    internal static IReadOnlyList<BenchFigure> Run(int symbols, int bars, CancellationToken cancellation)
    {
        var series = Enumerable.Range(0, symbols).Select(number => Bars(number, bars)).ToList();
        var (without, _, _) = Simulate(series, RetrainSchedule.Never, cancellation);
        var (seconds, decisions, forecasts) = Simulate(series, RetrainSchedule.Monthly, cancellation);
        return
        [
            new("seconds", seconds, $"s for {symbols} symbols of {bars} daily bars with monthly retrains; at most 180 wanted"),
            new("without_seconds", without, "s for the same without retrains (reference)"),
            new("ratio", seconds / without, "with retrains over without"),
            new("decisions", decisions, "retrains decided"),
            new("forecasts_per_second", forecasts / seconds, "forecasts a second, training included"),
        ];
    }

    static (double Seconds, long Decisions, long Forecasts) Simulate(
        List<List<SourceBar>> series, RetrainSchedule schedule, CancellationToken cancellation)
    {
        var (decisions, forecasts) = (0L, 0L);
        var output = new EncodingOutput((Topic topic, in LogRecord _) =>
        {
            decisions += topic == StockTopics.Decisions ? 1 : 0;
            forecasts += topic == StockTopics.Forecasts ? 1 : 0;
        });
        var simulation = new Simulation(new SimulationOptions { Schedule = schedule }, output, cancellation: cancellation);
        var started = Stopwatch.GetTimestamp();
        for (var bar = 0; bar < series[0].Count; bar++)
        {
            foreach (var one in series) simulation.Apply(one[bar]);
        }

        simulation.Finish();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, decisions, forecasts);
    }

    static List<SourceBar> Bars(int number, int count)
    {
        var names = new NamePool();
        return
        [
            .. BenchBars.Of(string.Create(CultureInfo.InvariantCulture, $"S{number:00}"), count).Select(body =>
            {
                SourceBar bar = default;
                AvroBody.Read(body, names, ref bar);
                return bar;
            }),
        ];
    }
}
