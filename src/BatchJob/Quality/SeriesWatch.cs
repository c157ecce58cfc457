using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What is remembered of a series while its rows go by: the row before, and enough ends to know repeats. Below 1 KiB.</summary>
sealed class SeriesWatch
{
    /// <summary>Ends that are remembered to tell a repeat from time that goes back; one from further back is the latter only.</summary>
    public const int RecentEndsMax = 64;

    readonly long[] _recentEnds = new long[RecentEndsMax];
    int _ends;

    public SeriesWatch(SeriesId series) => Interval = BarInterval.Parse(series.Interval);

    public BarInterval Interval { get; }

    /// <summary>Latest end so far; meaningless before the first.</summary>
    public long LatestEndUs { get; private set; }

    /// <summary>Close of the row with the latest end; the last one known, where that row has none.</summary>
    public Price? LatestClose { get; private set; }

    /// <summary>End of the row that <see cref="LatestClose"/> is of.</summary>
    public long LatestCloseEndUs { get; private set; }

    public RowPlace LatestPlace { get; private set; }

    public bool HasRows => _ends > 0;

    public bool HasRecent(long endUs) => Array.IndexOf(_recentEnds, endUs, 0, Math.Min(_ends, RecentEndsMax)) >= 0;

    public void Resume(in SeriesTail tail)
    {
        See(tail.EndUs, tail.Close, default);
        LatestCloseEndUs = tail.CloseEndUs;
    }

    public void See(long endUs, Price? close, RowPlace place)
    {
        var isLater = !HasRows || endUs > LatestEndUs;
        _recentEnds[_ends % RecentEndsMax] = endUs;
        _ends = _ends == int.MaxValue ? RecentEndsMax : _ends + 1;
        if (!isLater) return;
        LatestEndUs = endUs;
        LatestPlace = place;
        if (close is null) return;
        LatestClose = close;
        LatestCloseEndUs = endUs;
    }
}
