using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests.Leaks;

/// <summary>Each known mistake shows skill that isn't there, on the bundled bars; and a leak that is planted is found.</summary>
public sealed class LeakTableTests
{
    static readonly Lazy<IReadOnlyList<SourceBar>> s_bars = new(
        () => [.. MarketFiles.Read(Repository.PathTo("data/demo")).OfType<SourceBar>()]);

    static readonly Lazy<IReadOnlyList<LeakResult>> s_table = new(() => LeakTable.Of(s_bars.Value));

    [Theory]
    [InlineData("average-of-the-target", 0.3)]
    [InlineData("missing-shift", 0.5)]
    [InlineData("scored-on-training-rows", 0.1)]
    [InlineData("orphan-parameters", 0.02)]
    [InlineData("checkpoint-never-written", 0.02)]
    [InlineData("exp-for-expm1", 0.05)]
    [InlineData("other-features-in-serving", 0.02)]
    [InlineData("last-weights-kept", 0.01)]
    [InlineData("scaler-on-all-rows", 0.01)]
    [InlineData("mean-over-four-rows", 0.01)]
    public void A_mistake_shows_more_than_is_real(string mistake, double least)
    {
        var result = s_table.Value.Single(one => one.Mistake == mistake);
        Assert.True(result.Shown - result.Real > least, $"shown {result.Shown}, real {result.Real}");
        Assert.True(result.Honest >= result.Real, $"honest {result.Honest}, real {result.Real}");
    }

    /// <summary>A price below the mean of its quarter has to rise by the quarter's end, if the mean is known: on real bars that is a
    /// skill, and it goes where the mean is that of the rows so far.</summary>
    [Fact]
    public void A_mean_that_knows_the_rest_of_the_quarter_forecasts_real_prices_and_an_honest_one_does_not()
    {
        var result = s_table.Value.Single(one => one.Mistake == "scaler-on-all-rows");
        Assert.Equal(LeakTable.RealData, result.Data);
        Assert.True(result.Shown > 0.005, $"shown {result.Shown}");
        Assert.InRange(result.Honest, -0.002, 0.002);
        Assert.True(result.Real < 0, $"real {result.Real}");
    }

    /// <summary>Where prices are pulled back to their mean of 30 bars a line finds it; asked about another mean it loses it.</summary>
    [Fact]
    public void A_planted_reversion_is_found_by_the_mean_of_thirty_bars_and_lost_by_that_of_four_rows()
    {
        var result = s_table.Value.Single(one => one.Mistake == "mean-over-four-rows");
        Assert.Equal(LeakTable.RevertingData, result.Data);
        Assert.True(result.Honest > 0.02, $"honest {result.Honest}");
        Assert.True(result.Real < result.Honest / 2, $"real {result.Real}");
    }

    [Fact]
    public void All_eleven_are_there_and_finite()
    {
        Assert.Equal(11, s_table.Value.Count);
        Assert.All(s_table.Value, result => Assert.True(double.IsFinite(result.Shown + result.Real + result.Honest), result.Mistake));
    }

    [Fact]
    public void Rows_are_drawn_by_recency_as_they_say()
    {
        var result = s_table.Value.Single(one => one.Mistake == "uniform-recency");
        Assert.InRange(result.Honest, 0.96 * result.Shown, 1.04 * result.Shown);
        Assert.True(result.Real > 1.5 * result.Shown);
    }

    [Fact]
    public void No_honest_way_shows_a_skill_that_real_prices_do_not_have()
    {
        foreach (var result in s_table.Value.Where(result => result is { Unit: "skill", Data: LeakTable.RealData }))
            Assert.True(result.Honest < 1 - LeakTable.SuspiciousMase, $"{result.Mistake} {result.Honest}");
    }

    /// <summary>The open of each bar tells the close of the next: the pipeline is innocent, the data is not, and the score gives it
    /// away.</summary>
    [Fact]
    public void A_planted_leak_is_flagged_and_honest_data_is_not()
    {
        var honest = s_bars.Value.Where(bar => bar.Symbol == "IBM").Take(1_200).ToList();
        var leaking = honest.Zip(honest.Skip(1)).Select(pair => pair.First with
        {
            Open = pair.Second.Close,
            High = new Price(Math.Max(pair.First.High.Micros, pair.Second.Close.Micros)),
            Low = new Price(Math.Min(pair.First.Low.Micros, pair.Second.Close.Micros)),
        });
        Assert.NotEmpty(SuspicionsOf(leaking));
        Assert.Empty(SuspicionsOf(honest));
    }

    static IReadOnlyList<string> SuspicionsOf(IEnumerable<SourceBar> bars) =>
        LeakAlarm.Of(Report.Of(Reporting.SampleJournal.Of(bars.Cast<object>()), new ReportOptions()));
}
