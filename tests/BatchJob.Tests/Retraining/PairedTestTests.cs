using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class PairedTestTests
{
    const long DayUs = 86_400_000_000;
    static readonly RetrainOptions s_options = new();

    [Fact]
    public void Days_are_pooled_over_series_and_bounded_by_Newey_and_West()
    {
        var candidates = new[] { Candidate("A", 40, day => 0.7 + (0.01 * (day % 3))), Candidate("B", 30, day => 0.8 - (0.01 * (day % 5))) };
        var test = PairedTest.Of(candidates, isSession: true, s_options);
        Assert.Equal((40, 70), (test.Days, test.Rows));

        // The same by hand: a day's difference is the mean over the series that it has.
        var daily = Enumerable.Range(0, 40).Select(day => candidates
            .SelectMany(candidate => candidate.Pairs).Where(row => row.MadeAtUs / DayUs == day)
            .Average(row => row.Hybrid - row.ChampionHybrid)).ToArray();
        var expected = MeanTest.Of(daily, 5);
        Assert.Equal(expected.Mean, test.VersusChampion.Mean, 1e-15);
        Assert.Equal(expected.Mean + (1.6448536269514722 * expected.StandardError), test.VersusChampionUpper, 1e-12);
        Assert.Equal(0.8, test.NaiveLoss, 1e-12);
        Assert.Equal(0.004, test.Margin, 1e-12);
        Assert.Equal(candidates.SelectMany(candidate => candidate.Pairs).Average(row => row.Hybrid), test.CandidateLoss, 1e-12);
    }

    [Theory]
    [InlineData(0.0039, true)]
    [InlineData(0.0041, false)]
    [InlineData(-0.1, true)]
    public void Worse_by_less_than_the_margin_passes(double worse, bool passes)
    {
        var test = PairedTest.Of([Candidate("A", 63, _ => 0.8 + worse)], isSession: true, s_options);
        Assert.Equal(passes, test.Passes);
    }

    [Fact]
    public void Better_than_the_champion_is_not_enough_where_no_change_is_better_still()
    {
        var test = PairedTest.Of([Candidate("A", 63, _ => 0.85, champion: 0.9)], isSession: true, s_options);
        Assert.True(test.VersusChampionUpper < 0);
        Assert.False(test.Passes);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Fewer_than_twenty_days_decide_nothing(int days, bool passes) =>
        Assert.Equal(passes, PairedTest.Of([Candidate("A", days, _ => 0.7)], isSession: true, s_options).Passes);

    [Fact]
    public void Bars_within_a_session_are_pooled_by_their_end()
    {
        var rows = Candidate("A", 30, _ => 0.7).Pairs.Select((row, i) => row with { MadeAtUs = i * 60_000_000L }).ToList();
        var minute = Candidate("A", 0, _ => 0) with { Pairs = rows };
        Assert.Equal(30, PairedTest.Of([minute], isSession: false, s_options).Days);
        Assert.Equal(1, PairedTest.Of([minute], isSession: true, s_options).Days);
    }

    [Fact]
    public void Nothing_to_test_does_not_pass() => Assert.False(PairedTest.Of([], isSession: true, s_options).Passes);

    static Candidate Candidate(string symbol, int days, Func<int, double> loss, double champion = 0.8) => new()
    {
        Series = new SeriesId(symbol, "1d", "csv"),
        Fingerprint = 1,
        Rows = 250,
        TrainedUntilUs = 0,
        Pairs = [.. Enumerable.Range(0, days).Select(day => new PairedRow(day * DayUs, loss(day), loss(day), champion, champion, 0.8))],
    };
}
