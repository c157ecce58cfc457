using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Learning.Tests;

public sealed class ConformalIntervalTests
{
    static readonly double[] s_levels = [0.8, 0.9, 0.95];

    [Fact]
    public void Under_200_scores_it_is_the_normal_quantile_times_scale()
    {
        var interval = new ConformalInterval(s_levels);
        Feed(interval, 1, 199);
        var band = interval.Bounds(1, 0.02);
        Assert.Equal(BandKind.Warming, band.Kind);
        Assert.Equal(1.6448536269514722 * 0.02, band.HalfWidth, 1e-12);
        Assert.Equal(0, interval.Rounds(1));
        Feed(interval, 2, 1);
        Assert.Equal(BandKind.Bounded, interval.Bounds(1, 0.02).Kind);
    }

    [Fact]
    public void From_200_scores_on_it_is_the_linear_quantile_of_the_last_500()
    {
        var interval = new ConformalInterval(s_levels);
        var scores = new List<double>();
        var random = new KeyedRandom(3, 1, 4);
        for (var i = 0u; i < 1500; i++)
        {
            // Many equal scores: a few values only.
            var score = Math.Floor(random.Uniform(i) * 40) / 10;
            interval.Update(score, Kinds(BandKind.Warming), [false, false, false]);
            scores.Add(score);
            if (i < 200 || i % 7 != 0) continue;
            var sorted = scores.TakeLast(500).Order().ToArray();
            for (var level = 0; level < 3; level++)
            {
                var position = (sorted.Length - 1) * s_levels[level];
                var below = (int)position;
                var expected = sorted[below] + (position - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
                Assert.Equal(expected * 0.5, interval.Bounds(level, 0.5).HalfWidth, 1e-12);
            }
        }

        Assert.Equal(500, interval.Count);
    }

    [Fact]
    public void A_level_that_never_misses_ends_empty_and_one_that_always_does_unbounded()
    {
        var hit = new ConformalInterval(s_levels);
        var missed = new ConformalInterval(s_levels);
        Feed(hit, 1, 300);
        Feed(missed, 1, 300);
        var kinds = Kinds(BandKind.Bounded);
        for (var i = 0; i < 2000 && hit.Bounds(1, 1).Kind != BandKind.Empty; i++) hit.Update(1, kinds, [false, false, false]);
        for (var i = 0; i < 2000 && missed.Bounds(1, 1).Kind != BandKind.Unbounded; i++) missed.Update(1, kinds, [true, true, true]);
        Assert.Equal(new Band(0.0, BandKind.Empty), hit.Bounds(1, 1));
        Assert.Equal(new Band(double.PositiveInfinity, BandKind.Unbounded), missed.Bounds(1, 1));

        // Whatever the flags say, an empty interval moves a down and an unbounded one up: neither state can last.
        var (above, below) = (hit.Alpha(1), missed.Alpha(1));
        hit.Update(0, Kinds(BandKind.Empty), [false, false, false]);
        missed.Update(9, Kinds(BandKind.Unbounded), [true, true, true]);
        Assert.True(hit.Alpha(1) < above && missed.Alpha(1) > below);
    }

    /// <summary>The promise of the method: scores chosen by an adversary, constant ones, jumps; the bound holds at every round.</summary>
    [Fact]
    public void Miss_rate_stays_within_its_bound_whatever_the_scores() =>
        Prop.ForAll(
            Gen.Choose(0, 5).Zip(Gen.Choose(1, 100_000)).ToArbitrary(),
            plan =>
            {
                var interval = new ConformalInterval(s_levels);
                var random = new KeyedRandom((ulong)plan.Item2, 5, 6);
                var kinds = new BandKind[3];
                var misses = new bool[3];
                var holds = true;
                for (var i = 0u; i < 1200; i++)
                {
                    for (var level = 0; level < 3; level++) kinds[level] = interval.Bounds(level, 1).Kind;
                    var score = Score(plan.Item1, i, random, interval);
                    for (var level = 0; level < 3; level++) misses[level] = score > interval.Bounds(level, 1).HalfWidth;
                    interval.Update(score, kinds, misses);
                    for (var level = 0; level < 3; level++) holds &= WithinBound(interval, level);
                }

                return holds;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20260101, 3));

    [Fact]
    public void Coverage_of_exchangeable_scores_is_what_was_promised()
    {
        var interval = new ConformalInterval(s_levels);
        var random = new KeyedRandom(8, 5, 6);
        var kinds = new BandKind[3];
        var misses = new bool[3];
        for (var i = 0u; i < 6000; i++)
        {
            var score = Math.Abs(SampleBars.Normal(random, i));
            for (var level = 0; level < 3; level++)
            {
                var band = interval.Bounds(level, 1);
                (kinds[level], misses[level]) = (band.Kind, score > band.HalfWidth);
            }

            interval.Update(score, kinds, misses);
        }

        for (var level = 0; level < 3; level++)
            Assert.Equal(1 - s_levels[level], (double)interval.Misses(level) / interval.Rounds(level), 0.01);
    }

    [Fact]
    public void The_bound_is_infinite_before_the_first_round_and_grows_with_delay()
    {
        var interval = new ConformalInterval(s_levels);
        Assert.Equal(double.PositiveInfinity, interval.MissRateBound(1));
        interval.Update(1, Kinds(BandKind.Bounded), [false, false, false]);
        Assert.Equal((0.9 + 0.005) / 0.005, interval.MissRateBound(1), 1e-9);
        Assert.Equal((0.9 + 0.005 * 4) / 0.005, interval.MissRateBound(1, 3), 1e-9);
    }

    [Fact]
    public void Scores_that_are_not_finite_stay_out_of_the_window()
    {
        var interval = new ConformalInterval(s_levels);
        interval.Update(double.NaN, Kinds(BandKind.Warming), [true, true, true]);
        interval.Update(double.PositiveInfinity, Kinds(BandKind.Warming), [true, true, true]);
        Assert.Equal(0, interval.Count);
    }

    [Fact]
    public void A_round_allocates_nothing()
    {
        var interval = new ConformalInterval(s_levels);
        Feed(interval, 1, 600);
        var kinds = Kinds(BandKind.Bounded);
        var misses = new bool[3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            interval.Update(i, kinds, misses);
            _ = interval.Bounds(1, 1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Levels_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ConformalInterval([]));
        Assert.Throws<ArgumentException>(() => new ConformalInterval([0.9, 1.0]));
        Assert.Throws<ArgumentException>(() => new ConformalInterval([double.NaN]));
        Assert.Throws<ArgumentException>(() => new ConformalInterval(s_levels).Update(1, [BandKind.Bounded], [true]));
    }

    static double Score(int kind, uint round, KeyedRandom random, ConformalInterval interval) => kind switch
    {
        0 => random.Uniform(round),
        1 => 1.0,
        2 => 0.0,
        3 => round % 300 < 150 ? random.Uniform(round) : 50 * random.Uniform(round),
        4 => random.Uniform(round) < 0.3 ? 0 : interval.Count >= 200 ? Math.Min(interval.Bounds(1, 1).HalfWidth, 1e6) + 1e-3 : 1,
        _ => round * random.Uniform(round),
    };

    static bool WithinBound(ConformalInterval interval, int level) =>
        interval.Rounds(level) == 0
        || Math.Abs((double)interval.Misses(level) / interval.Rounds(level) - (1 - s_levels[level]))
            <= interval.MissRateBound(level) + 1e-9;

    static BandKind[] Kinds(BandKind kind) => [kind, kind, kind];

    static void Feed(ConformalInterval interval, ulong seed, int count)
    {
        var random = new KeyedRandom(seed, 1, 1);
        for (var i = 0u; i < count; i++) interval.Update(random.Uniform(i), Kinds(BandKind.Warming), [false, false, false]);
    }
}
