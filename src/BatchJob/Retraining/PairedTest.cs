using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Are candidates worse than champions, as hybrids, over the held-back rows of all series of an interval together?</summary>
/// <remarks>Differences of losses are averaged over the series of a day (a bar, for bars within sessions), so that a day's common shock
/// counts once; the bound on their mean is Newey-West's.</remarks>
sealed record PairedTest
{
    const long DayUs = 86_400_000_000;

    /// <summary>Fewer days than this decide nothing.</summary>
    public const int DaysMin = 20;

    public int Days { get; private init; }

    public int Rows { get; private init; }

    public double CandidateLoss { get; private init; }

    public double ChampionLoss { get; private init; }

    public double NaiveLoss { get; private init; }

    public MeanTest VersusChampion { get; private init; }

    public MeanTest VersusNaive { get; private init; }

    public double VersusChampionUpper { get; private init; }

    public double VersusNaiveUpper { get; private init; }

    /// <summary>What the upper ends must stay under.</summary>
    public double Margin { get; private init; }

    /// <summary>True where the candidates aren't worse than either by more than the margin.</summary>
    public bool Passes => Days >= DaysMin && VersusChampionUpper < Margin && VersusNaiveUpper < Margin;

    /// <summary>Tests candidates that are given in the order of their series.</summary>
    public static PairedTest Of(IEnumerable<Candidate> candidates, bool isSession, RetrainOptions options)
    {
        var days = new SortedDictionary<long, Day>();
        foreach (var row in candidates.SelectMany(candidate => candidate.Pairs))
        {
            var key = isSession ? row.MadeAtUs / DayUs : row.MadeAtUs;
            if (!days.TryGetValue(key, out var day)) days[key] = day = new Day();
            day.Add(row);
        }

        var rows = days.Values.Sum(day => day.Rows);
        if (rows == 0) return new PairedTest();
        var lag = Math.Max(options.LagDays, options.Trainer.HorizonBars - 1);
        double[] versusChampion = [.. days.Values.Select(day => (day.Candidate - day.Champion) / day.Rows)];
        double[] versusNaive = [.. days.Values.Select(day => (day.Candidate - day.Naive) / day.Rows)];
        var champion = MeanTest.Of(versusChampion, lag);
        var naive = MeanTest.Of(versusNaive, lag);
        var naiveLoss = days.Values.Sum(day => day.Naive) / rows;
        return new PairedTest
        {
            Days = days.Count,
            Rows = rows,
            CandidateLoss = days.Values.Sum(day => day.Candidate) / rows,
            ChampionLoss = days.Values.Sum(day => day.Champion) / rows,
            NaiveLoss = naiveLoss,
            VersusChampion = champion,
            VersusNaive = naive,
            VersusChampionUpper = champion.UpperBound(options.Confidence),
            VersusNaiveUpper = naive.UpperBound(options.Confidence),
            Margin = options.MarginShare * naiveLoss,
        };
    }

    /// <summary>Sums over the series of a day.</summary>
    sealed class Day
    {
        public int Rows { get; private set; }

        public double Candidate { get; private set; }

        public double Champion { get; private set; }

        public double Naive { get; private set; }

        public void Add(in PairedRow row)
        {
            Rows++;
            Candidate += row.Hybrid;
            Champion += row.ChampionHybrid;
            Naive += row.Naive;
        }
    }
}
