using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>A regime, its opposite, and the first again: m(t) repeats +.5, -.5, +.5 of the move before.</summary>
/// <remarks>How a move is made is known, so its expected |error| is known, too, for any forecast: that, not the error that chance
/// brought, is what is compared.</remarks>
sealed class ForgettingTrial(SimulationOptions options)
{
    /// <summary>Share of a move that the next one repeats, or turns round.</summary>
    public const double Memory = 0.5;

    /// <summary>Bars of a regime; with as many as the buffer has rows it reaches back to the first regime when that returns.</summary>
    public int RegimeBars { get; init; } = 300;

    /// <summary>Series of a seed; their mean is its figure.</summary>
    public int SeriesCount { get; init; } = 5;

    /// <summary>Mean loss of the online network above that of the Bayes forecast, in units of the noise, over the third regime: with
    /// the rows of replay in each step, and with the newest row alone.</summary>
    public (double With, double Without) Run(ulong seed)
    {
        var (with, without) = (0.0, 0.0);
        for (var i = 0; i < SeriesCount; i++)
        {
            var symbol = string.Create(CultureInfo.InvariantCulture, $"REGIMES{i}");
            var (bars, moves) = MadeUpBars.Of(seed, symbol, 3 * RegimeBars, bar => bar / RegimeBars == 1 ? -Memory : Memory);
            with += Excess(bars, moves, options.Topology.BatchRows) / SeriesCount;
            without += Excess(bars, moves, batchRows: 1) / SeriesCount;
        }

        return (with, without);
    }

    double Excess(IReadOnlyList<SourceBar> bars, double[] moves, int batchRows)
    {
        var journal = new ForecastJournal();
        var simulation = new Simulation(
            options with
            {
                Schedule = RetrainSchedule.Never,
                TrainUntilUs = null,
                Topology = options.Topology with { BatchRows = batchRows }
            },
            journal);
        foreach (var bar in bars) simulation.Apply(bar);
        var series = journal.Series.Single();
        var online = series.Columns.First(columns => columns.Strategy == Strategies.Online);
        var (sum, rows) = (0.0, 0);
        for (var i = 0; i < series.Count; i++)
        {
            var bar = series.BarsOfForecasts[i];
            if (bar < (2 * RegimeBars) - 1 || !series.IsScored(i)) continue;
            sum += ExpectedExcess((online.PredictedReturns[i] - moves[bar]) / MadeUpBars.Deviation);
            rows++;
        }

        return sum / rows;
    }

    /// <summary>E|e - d| - E|e| of a standard normal e: what a forecast that is off by d loses.</summary>
    static double ExpectedExcess(double d)
    {
        var density = PortableMath.Exp(-d * d / 2) / Math.Sqrt(2 * Math.PI);
        return (d * ((2 * NormalDistribution.Cumulative(d)) - 1)) + (2 * density) - Math.Sqrt(2 / Math.PI);
    }
}
