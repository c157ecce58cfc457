using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Sums over the scored rows of a series, or of all series of an interval, in a year, or in all years.</summary>
sealed class ReportCell
{
    readonly PointScores[] _points;
    readonly IntervalTally[,] _intervals;
    readonly double[] _dollars;
    readonly double[] _expressed;
    readonly double[] _relativeSum;
    readonly DailyLosses _losses;
    readonly int _naive;
    readonly int _online;
    double _dollarsNaive;
    int _relatives;

    public ReportCell(IReadOnlyList<string> strategies, IReadOnlyList<double> levels)
    {
        Strategies = strategies;
        Levels = levels;
        _points = [.. strategies.Select(_ => new PointScores())];
        _intervals = new IntervalTally[strategies.Count, levels.Count];
        for (var s = 0; s < strategies.Count; s++)
        {
            for (var level = 0; level < levels.Count; level++) _intervals[s, level] = new IntervalTally(levels[level]);
        }

        _dollars = new double[strategies.Count];
        _expressed = new double[strategies.Count];
        _relativeSum = new double[strategies.Count];
        _naive = PlaceOf(Trainer.Strategies.Naive);
        _online = PlaceOf(Trainer.Strategies.Online);
        _losses = new DailyLosses(strategies.Count, _naive);
    }

    public IReadOnlyList<string> Strategies { get; }

    public IReadOnlyList<double> Levels { get; }

    public long Rows => _points.Length == 0 ? 0 : _points[0].Count;

    /// <summary>Takes the scored forecast at a place of a series.</summary>
    public void Add(SeriesJournal series, int at, BaselineBands baselines, int day)
    {
        var actual = series.ActualReturns[at];
        var last = series.LastCloses[at];
        var rescaled = series.RescaledCloses[at] / last;
        var bar = series.BarsOfForecasts[at];
        _dollarsNaive += Math.Abs(series.ActualCloses[at] - series.RescaledCloses[at]);
        for (var s = 0; s < _points.Length; s++)
        {
            var columns = series.Columns[s];
            var predicted = columns.PredictedReturns[at];
            _points[s].Add(predicted, actual);
            _dollars[s] += Math.Abs(series.ActualCloses[at] - (columns.PredictedCloses[at] * rescaled));
            _expressed[s] = predicted / series.Scales[at];
            for (var level = 0; level < Levels.Count; level++)
            {
                var (lower, upper) = (columns.Lowers(level)[at], columns.Uppers(level)[at]);
                var isHit = !(lower * rescaled > series.ActualCloses[at]) && !(upper * rescaled < series.ActualCloses[at]);
                _intervals[s, level].Add(
                    InReturns(lower, last), InReturns(upper, last), columns.Kind(level, at), isHit, actual,
                    baselines.QuantileLowers(level)[bar], baselines.QuantileUppers(level)[bar], baselines.EwmaHalves(level)[bar]);
            }
        }

        _losses.Add(day, actual / series.Scales[at], _expressed);
    }

    /// <summary>Pools another cell of the same interval into this.</summary>
    public void Add(ReportCell other)
    {
        for (var s = 0; s < _points.Length; s++)
        {
            _points[s].Add(other._points[s]);
            _relativeSum[s] += other.RelativeMae(s) ?? 0;
            for (var level = 0; level < Levels.Count; level++) _intervals[s, level].Add(other._intervals[s, level]);
        }

        if (other._dollarsNaive > 0) _relatives++;
        _losses.Add(other._losses);
    }

    /// <summary>The rows of the report, one a strategy and level.</summary>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="series">Whose rows; <c>pooled</c> for all.</param>
    /// <param name="period">The year, or <c>all</c>.</param>
    /// <param name="horizon">Bars from a forecast to its label.</param>
    public IEnumerable<ReportRow> ToRows(string interval, string series, string period, int horizon)
    {
        for (var s = 0; s < _points.Length; s++)
        {
            var points = _points[s];
            var (naive, online) = (_losses.Evidence(_naive, s), _losses.Evidence(_online, s));
            var row = new ReportRow
            {
                Interval = interval,
                Series = series,
                Period = period,
                Strategy = Strategies[s],
                Rows = points.Count,
                Mae = points.Mae,
                Rmse = points.Rmse,
                Mase = points.Mase,
                RelativeMae = RelativeMae(s),
                RSquared = points.RSquared,
                DirectionalAccuracy = points.DirectionalAccuracy,
                DieboldMarianoNaive = _losses.DieboldMariano(_naive, s, horizon),
                DieboldMarianoOnline = _losses.DieboldMariano(_online, s, horizon),
                ClarkWestNaive = _losses.ClarkWest(s, horizon),
                EvidenceNaive = naive?.Wealth,
                EvidenceNaiveMax = naive?.WealthMax,
                EvidenceOnline = online?.Wealth,
                EvidenceOnlineMax = online?.WealthMax,
            };
            for (var level = 0; level < Levels.Count; level++) yield return row.With(Levels[level], _intervals[s, level]);
        }
    }

    /// <summary>Error of the close in dollars over that of no change; pooled, the mean over the series, because dollars don't
    /// add.</summary>
    double? RelativeMae(int strategy) =>
        _relatives > 0 ? _relativeSum[strategy] / _relatives : _dollarsNaive > 0 ? _dollars[strategy] / _dollarsNaive : null;

    int PlaceOf(string strategy) => Strategies.Index().Where(item => item.Item == strategy).Select(item => item.Index).FirstOrDefault(-1);

    static double InReturns(double bound, double last) => bound > 0 ? PortableMath.Log(bound) - PortableMath.Log(last) : double.NaN;
}
