using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

/// <summary>Journals: of a made-up run through the folds, and of forecasts written by hand.</summary>
static class SampleJournal
{
    public const long DayUs = 86_400_000_000;

    /// <summary>Three made-up series through the folds, no retrains; several tests look at it, none changes it.</summary>
    public static readonly Lazy<ForecastJournal> Run = new(() => Of(SampleWalks.Of(seed: 7, sessions: 700, symbols: 3)));

    /// <summary>Scores from the 300th bar on: a sample is short.</summary>
    public static readonly ReportOptions Early = new() { FirstBar = 300 };

    public static ForecastJournal Of(IEnumerable<object> records, RetrainSchedule schedule = RetrainSchedule.Never)
    {
        var journal = new ForecastJournal();
        Simulated.Run(records, new SimulationOptions { Schedule = schedule }, journal);
        return journal;
    }

    /// <summary>One series of closes, each forecast by <paramref name="predict"/> with one interval of 90 %.</summary>
    /// <param name="closes">Of sessions, a day apart from 2010-01-04 20:00 UTC on.</param>
    /// <param name="predict">Predicted return and bounds by place; null bounds are unbounded.</param>
    /// <param name="symbol">Its symbol.</param>
    public static ForecastJournal ByHand(
        double[] closes, Func<int, (double Return, double? Lower, double? Upper)> predict, string symbol = "X")
    {
        var journal = new ForecastJournal();
        AddByHand(journal, closes, predict, symbol);
        return journal;
    }

    public static void AddByHand(
        ForecastJournal journal, double[] closes, Func<int, (double Return, double? Lower, double? Upper)> predict, string symbol)
    {
        var series = new SeriesId(symbol, "1d", "csv");
        for (var i = 0; i < closes.Length; i++)
        {
            if (i > 0) journal.Publish(StockTopics.Scores, symbol, Score(series, i, closes));
            journal.Publish(StockTopics.Bars, symbol, Bar(series, EndUs(i), closes[i]));
            journal.Publish(StockTopics.Forecasts, symbol, Forecast(series, i, closes[i], predict(i)));
        }
    }

    public static long EndUs(int day) => (long)(new DateTime(2010, 1, 4, 20, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds
        + (day * DayUs);

    public static Bar Bar(in SeriesId series, long endUs, double close)
    {
        var price = SampleBars.Dollars(close);
        return new Bar(series, endUs - DayUs, endUs, price, price, price, price, 1, 0);
    }

    static Forecast Forecast(in SeriesId series, int day, double close, (double Return, double? Lower, double? Upper) said) => new()
    {
        Series = series,
        MadeAtUs = EndUs(day),
        TargetTimeUs = EndUs(day + 1),
        LastClose = close,
        Scale = 0.01,
        Served = "aggregate",
        Strategies =
        [
            Strategy("naive", close, 0, said.Lower, said.Upper),
            Strategy("aggregate", close, said.Return, said.Lower, said.Upper),
        ],
    };

    static StrategyForecast Strategy(string name, double close, double predicted, double? lower, double? upper) => new()
    {
        Strategy = name,
        PredictedReturn = predicted,
        PredictedClose = close * PortableMath.Exp(predicted),
        Intervals = [new ForecastInterval(0.9, lower, upper, lower is null ? IntervalKind.Unbounded : IntervalKind.Bounded)],
    };

    static Score Score(in SeriesId series, int day, double[] closes) => new()
    {
        Series = series,
        MadeAtUs = EndUs(day - 1),
        TargetEndUs = EndUs(day),
        LastClose = closes[day - 1],
        ActualClose = closes[day],
        ActualReturn = PortableMath.Log(closes[day]) - PortableMath.Log(closes[day - 1]),
    };
}
