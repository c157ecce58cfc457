using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

/// <summary>How sure one may be of a strategy: a function of the scores, whatever their order.</summary>
public sealed class DailyEvidenceTests
{
    const long DayUs = 86_400_000_000;
    const int Days = 400;

    /// <summary>Held against the e-process by itself over daily means, and against the sums of the reports.</summary>
    [Fact]
    public void It_is_the_e_process_over_the_mean_differences_of_days()
    {
        var (evidence, losses, daily) = (new DailyEvidence(), new DailyLosses(3, 0), new double[Days]);
        foreach (var (day, series) in Order())
        {
            Add(evidence, day, series);
            var error = Errors(day, series);
            daily[day] += (error.Naive - error.Hybrid) / Scale(series) / 2;
            double[] predicted = [0, error.Naive - error.Online, error.Naive - error.Hybrid];
            losses.Add(day, error.Naive / Scale(series), [.. predicted.Select(one => one / Scale(series))]);
        }

        var found = evidence.At(Days * DayUs);
        Assert.Equal(["hybrid", "naive", "online"], found.Select(one => one.Strategy));
        Assert.All(found, one => Assert.Equal((Days, 2L * Days), (one.Days, one.Rows)));
        var (hybrid, naive, online) = (found[0], found[1], found[2]);
        var alone = new EProcess();
        foreach (var difference in daily) alone.Add(difference);
        Assert.True(alone.Wealth > 20, $"wealth {alone.Wealth}: the sample is no evidence");
        Assert.Equal(alone.Wealth, hybrid.ENaive!.Value, 1e-6 * alone.Wealth);
        Assert.Equal(alone.WealthMax, hybrid.ENaiveMax!.Value, 1e-6 * alone.WealthMax);
        Assert.Equal(losses.Evidence(0, 2)!.Wealth, hybrid.ENaive!.Value, 1e-6 * alone.Wealth);
        Assert.Equal(losses.Evidence(1, 2)!.Wealth, hybrid.EOnline!.Value, 1e-6 * hybrid.EOnline!.Value);
        Assert.Equal((null, null), (naive.ENaive, naive.ENaiveMax));
        Assert.Equal((null, null), (online.EOnline, online.EOnlineMax));
        Assert.True(naive.EOnline is not null && online.ENaive is not null);
    }

    [Fact]
    public void The_order_of_series_and_of_days_changes_no_bit_nor_do_looks_in_between()
    {
        var (plain, shuffled) = (new DailyEvidence(), new DailyEvidence());
        foreach (var (day, series) in Order()) Add(plain, day, series);
        foreach (var (i, (day, series)) in Order().OrderBy(one => ((one.Day * 7919) + (one.Series * 31)) % 977).Index())
        {
            Add(shuffled, day, series);
            if (i % 100 == 0) shuffled.At(i * DayUs / 3);
        }

        foreach (var atUs in (long[])[Days * DayUs, 100 * DayUs, 30 * DayUs]) Assert.Equal(plain.At(atUs), shuffled.At(atUs));
    }

    /// <summary>Wealth goes on: a later look is no new beginning.</summary>
    [Fact]
    public void Looks_every_month_see_the_wealth_of_one_bettor()
    {
        var (monthly, once) = (new DailyEvidence(), new DailyEvidence());
        var seen = new List<StrategyEvidence>();
        foreach (var (day, series) in Order())
        {
            if (day % 21 == 0 && series == 0) seen.AddRange(monthly.At(day * DayUs));
            Add(monthly, day, series);
            Add(once, day, series);
        }

        Assert.Equal(once.At(Days * DayUs), monthly.At(Days * DayUs));
        Assert.Equal(once.At(399 * DayUs), seen.TakeLast(3));
        Assert.True(seen.Select(one => one.Days).Distinct().Count() > 15);
    }

    [Fact]
    public void A_day_counts_once_it_is_over()
    {
        var evidence = new DailyEvidence();
        Add(evidence, 0, 0);
        Assert.Equal(0, evidence.At(DayUs - 1)[0].Days);
        Assert.Equal((1, 1), (evidence.At(DayUs)[0].Days, evidence.At(DayUs)[0].Rows));
        Add(evidence, 0, 1);
        Assert.Equal((1, 2), (evidence.At(DayUs)[0].Days, evidence.At(DayUs)[0].Rows));
    }

    [Theory]
    [InlineData(1e300, 1e-300)]
    [InlineData(double.MaxValue, 1)]
    [InlineData(1, 0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(0, 1)]
    public void Absurd_numbers_leave_it_finite(double error, double scale)
    {
        var evidence = new DailyEvidence();
        for (var day = 0; day < 100; day++)
        {
            var spoilt = day == 50;
            evidence.Add(
                (day * DayUs) + 1, spoilt ? scale : 0.01,
                [new(Strategies.Naive, spoilt ? error : 0.01), new(Strategies.Online, 0.011), new(Strategies.Hybrid, 0.009)]);
        }

        foreach (var one in evidence.At(100 * DayUs))
        {
            foreach (var number in (double?[])[one.ENaive, one.ENaiveMax, one.EOnline, one.EOnlineMax])
                Assert.True(number is null || (double.IsFinite(number.Value) && number > 0), $"{one}");
        }
    }

    [Fact]
    public void A_score_without_naive_or_online_is_left_out()
    {
        var evidence = new DailyEvidence();
        evidence.Add(1, 0.01, [new(Strategies.Naive, 0.01), new(Strategies.Hybrid, 0.01)]);
        evidence.Add(1, 0.01, [new(Strategies.Online, 0.01), new(Strategies.Hybrid, 0.01)]);
        Assert.Empty(evidence.At(DayUs));
    }

    /// <summary>Micro-batches and scores come by two topics: one after the other, either first, or side by side.</summary>
    [Fact]
    public void Decisions_have_the_same_evidence_whichever_topic_is_read_first()
    {
        var sample = SampleHistory.Of(seed: 3, sessions: 120, symbols: 2, memory: 0.35);
        var options = new RetrainOptions();
        TrainingHistory[] histories = [sample.Into(options), new(options), new(options), new(options)];
        foreach (var score in sample.Scores) histories[1].Add(score);
        foreach (var batch in sample.Batches) histories[1].Add(batch);
        foreach (var (batch, score) in sample.Batches.Zip(sample.Scores))
        {
            histories[2].Add(batch);
            histories[2].Add(score);
        }

        foreach (var batch in sample.Batches.Skip(sample.Scores.Count)) histories[2].Add(batch);

        // At least once: everything comes twice.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            foreach (var batch in sample.Batches) histories[3].Add(batch);
            foreach (var score in sample.Scores) histories[3].Add(score);
        }

        var atUs = sample.EndUs + DayUs;
        var expected = histories[0].EvidenceAt("1d", atUs);
        Assert.Equal(Strategies.All.Order(StringComparer.Ordinal), expected.Select(one => one.Strategy));
        Assert.All(expected, one => Assert.Equal(sample.Scores.Count, one.Rows));
        foreach (var history in histories) Assert.Equal(expected, history.EvidenceAt("1d", atUs));
        Assert.Empty(histories[0].EvidenceAt("1m", atUs));
    }

    static IEnumerable<(int Day, int Series)> Order() =>
        Enumerable.Range(0, Days).SelectMany(day => new[] { (day, 0), (day, 1) });

    static void Add(DailyEvidence evidence, int day, int series)
    {
        var (naive, online, hybrid) = Errors(day, series);
        evidence.Add(
            (day * DayUs) + (21 * 3_600_000_000L), Scale(series),
            [new(Strategies.Naive, naive), new(Strategies.Online, online), new(Strategies.Hybrid, hybrid)]);
    }

    static double Scale(int series) => series == 0 ? 0.01 : 0.03;

    /// <summary>Hybrid is better by a tenth on most days.</summary>
    static (double Naive, double Online, double Hybrid) Errors(int day, int series)
    {
        var random = new KeyedRandom(17, (ulong)series, (ulong)day);
        var naive = Scale(series) * random.Uniform(0);
        return (naive, naive * (0.95 + (0.1 * random.Uniform(1))), naive * (0.8 + (0.25 * random.Uniform(2))));
    }
}
