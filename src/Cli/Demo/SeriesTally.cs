using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>What has been seen of one series on the output topics.</summary>
sealed class SeriesTally
{
    const int RollingScores = 250;
    const int RecentCloses = 240;
    readonly Queue<double> _closes = new();
    readonly Queue<(double Error, double Return, bool Hit)> _recent = new();
    double _sumError;
    double _sumReturn;
    long _hits;

    public long Bars { get; private set; }

    public long Scores { get; private set; }

    public long Forecasts { get; private set; }

    /// <summary>Close that the forecast was made at; of the last bar before there is one. Dollars.</summary>
    public double LastClose { get; private set; }

    /// <summary>Of the served strategy, dollars.</summary>
    public double PredictedClose { get; private set; }

    /// <summary>At 90 %, of the served strategy; null when unbounded.</summary>
    public (double? Lower, double? Upper) Interval { get; private set; }

    /// <summary>End of the last bar, microseconds since 1970 UTC.</summary>
    public long LastBarEndUs { get; private set; }

    /// <summary>sum|y - yhat| / sum|y| of all scores; null without scores, or while no price has moved.</summary>
    public double? Mase => Ratio(_sumError, _sumReturn);

    /// <summary>Share of 90 % intervals that held, warming ones included; null without scores.</summary>
    public double? Coverage => Scores > 0 ? (double)_hits / Scores : null;

    /// <summary>MASE of the last 250 scores.</summary>
    public double? RollingMase => Ratio(_recent.Sum(score => score.Error), _recent.Sum(score => score.Return));

    /// <summary>Coverage of the last 250 scores.</summary>
    public double? RollingCoverage => _recent.Count > 0 ? (double)_recent.Count(score => score.Hit) / _recent.Count : null;

    /// <summary>The last 240 closes, oldest first.</summary>
    public IReadOnlyCollection<double> Closes => _closes;

    public void Add(in Bar bar)
    {
        Bars++;
        _closes.Enqueue(bar.Close.ToDouble());
        if (_closes.Count > RecentCloses) _closes.Dequeue();
        if (Forecasts == 0) LastClose = bar.Close.ToDouble();
        LastBarEndUs = bar.EndUs;
    }

    public void Add(Forecast forecast)
    {
        Forecasts++;
        var served = Array.Find(forecast.Strategies, strategy => strategy.Strategy == forecast.Served);
        if (served is null) return;

        // Bars and forecasts come by different topics: a row shows a forecast beside the close that it was made at.
        LastClose = forecast.LastClose;
        PredictedClose = served.PredictedClose;
        var interval = Array.Find(served.Intervals, interval => interval.Level == 0.9);
        Interval = (interval.Lower, interval.Upper);
    }

    /// <summary>Scores of refreshes within a session are counted apart, by others: many a day, and nearly the same.</summary>
    public void Add(Score score)
    {
        if (score.Provisional) return;
        var served = Array.Find(score.Strategies, strategy => strategy.Strategy == score.Served);
        if (served is null) return;
        var hit = Array.Find(served.Intervals, interval => interval.Level == 0.9).Hit;
        Scores++;
        _sumError += served.AbsoluteError;
        _sumReturn += Math.Abs(score.ActualReturn);
        if (hit) _hits++;
        _recent.Enqueue((served.AbsoluteError, Math.Abs(score.ActualReturn), hit));
        if (_recent.Count > RollingScores) _recent.Dequeue();
    }

    static double? Ratio(double error, double actual) => actual > 0 ? error / actual : null;
}
