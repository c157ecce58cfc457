using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Controls;

/// <summary>What the controls feed: made-up bars are what they claim, and flipped ones keep all but the direction.</summary>
public sealed class MadeUpBarsTests
{
    static readonly UsEquitiesCalendar s_calendar = UsEquitiesCalendar.Instance;

    /// <summary>A price above the mean of its last 30 closes goes down by the planted share of the distance, whatever else moves
    /// it.</summary>
    [Fact]
    public void A_planted_reversion_takes_back_its_share_of_the_distance_from_the_mean()
    {
        const double Pull = 0.2;
        var bars = MadeUpBars.Of(3, "A", 300, _ => 0).Bars;
        var (without, with) = (FlippedBars.Of(bars, 5, 0, s_calendar), FlippedBars.Of(bars, 5, 0, s_calendar, Pull));
        for (var t = 1; t < bars.Count; t++)
        {
            var mean = with.Take(t).TakeLast(30).Average(bar => bar.Close.ToDouble());
            var pulled = -Pull * Math.Log(with[t - 1].Close.ToDouble() / mean);
            Assert.Equal(Move(without, t) + pulled, Move(with, t), 1e-6);
        }

        static double Move(IReadOnlyList<SourceBar> of, int t) => Math.Log(of[t].Close.ToDouble() / of[t - 1].Close.ToDouble());
    }

    [Fact]
    public void A_bar_holds_its_open_and_close_and_begins_where_the_last_ended() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(), seed =>
        {
            var (bars, _) = MadeUpBars.Of(seed, "AAA", 300, _ => 0.3);
            Assert.Equal(300, bars.Count);
            Assert.All(bars, bar => Assert.True(HoldsOpenAndClose(bar), $"{bar}"));
            Assert.All(bars.Zip(bars.Skip(1)), pair =>
            {
                Assert.Equal(pair.First.Close, pair.Second.Open);
                Assert.Equal(s_calendar.NextSession(Day(pair.First)).OpenUs, pair.Second.StartUs);
                Assert.True(pair.First.Sequence < pair.Second.Sequence);
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory, InlineData(0.0), InlineData(0.5), InlineData(-0.5)]
    public void Moves_have_the_memory_and_the_noise_that_were_asked_for(double memory)
    {
        var (bars, _) = MadeUpBars.Of(seed: 4, "AAA", 5_000, _ => memory);
        var moves = Moves(bars);
        var (before, after) = (moves[..^1], moves[1..]);
        var slope = before.Zip(after, (one, other) => one * other).Sum() / before.Sum(move => move * move);
        Assert.Equal(memory, slope, 0.05);
        var noise = Math.Sqrt(before.Zip(after, (one, other) => Math.Pow(other - (memory * one), 2)).Average());
        Assert.Equal(MadeUpBars.Deviation, noise, 0.03 * MadeUpBars.Deviation);
    }

    [Fact]
    public void The_forecast_that_knows_is_the_expected_next_move()
    {
        var (bars, next) = MadeUpBars.Of(seed: 8, "AAA", 400, i => i < 200 ? 0.5 : -0.5);
        var moves = Moves(bars);
        for (var i = 1; i < next.Length - 1; i++)
            Assert.Equal((i + 1 < 200 ? 0.5 : -0.5) * moves[i - 1], next[i], 1e-6);
        Assert.Equal(0, next[^1]);
    }

    [Fact]
    public void Seed_and_symbol_make_a_series_and_nothing_else_does()
    {
        var one = MadeUpBars.Of(seed: 1, "AAA", 50, _ => 0).Bars;
        Assert.Equal(one, MadeUpBars.Of(seed: 1, "AAA", 50, _ => 0).Bars);
        Assert.Equal(one.Take(20), MadeUpBars.Of(seed: 1, "AAA", 20, _ => 0).Bars);
        Assert.NotEqual(one.Select(bar => bar.Close), MadeUpBars.Of(seed: 2, "AAA", 50, _ => 0).Bars.Select(bar => bar.Close));
        Assert.NotEqual(one.Select(bar => bar.Close), MadeUpBars.Of(seed: 1, "BBB", 50, _ => 0).Bars.Select(bar => bar.Close));
    }

    [Fact]
    public void Flipping_twice_by_the_same_seed_gives_the_bars_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<ulong>(), (seed, flip) =>
        {
            var bars = MadeUpBars.Of(seed, "AAA", 200, _ => 0).Bars;
            var back = FlippedBars.Of(FlippedBars.Of(bars, flip, 0, s_calendar), flip, 0, s_calendar);
            Assert.All(bars.Zip(back), pair =>
            {
                Assert.Equal(pair.First.Close.ToDouble(), pair.Second.Close.ToDouble(), 1e-6 * pair.First.Close.ToDouble());
                Assert.Equal(pair.First.Low.ToDouble(), pair.Second.Low.ToDouble(), 1e-6 * pair.First.Low.ToDouble());
                Assert.Equal(pair.First.High.ToDouble(), pair.Second.High.ToDouble(), 1e-6 * pair.First.High.ToDouble());
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void A_flip_keeps_the_size_of_each_move_and_each_range_and_about_half_of_the_signs()
    {
        var bars = MadeUpBars.Of(seed: 3, "AAA", 1_000, _ => 0).Bars;
        var flipped = FlippedBars.Of(bars, seed: 5, 0, s_calendar);
        Assert.Equal(bars[0], flipped[0]);
        Assert.All(Moves(bars).Zip(Moves(flipped)), pair => Assert.Equal(Math.Abs(pair.First), Math.Abs(pair.Second), 1e-6));
        Assert.All(bars.Zip(flipped), pair => Assert.Equal(Range(pair.First), Range(pair.Second), 1e-6));
        Assert.InRange(Moves(bars).Zip(Moves(flipped)).Count(pair => Math.Sign(pair.First) == Math.Sign(pair.Second)), 400, 600);
    }

    [Fact]
    public void All_series_of_a_day_flip_together()
    {
        var one = MadeUpBars.Of(seed: 3, "AAA", 200, _ => 0).Bars;
        var other = MadeUpBars.Of(seed: 4, "BBB", 200, _ => 0).Bars;
        var flipped = FlippedBars.Of(one.Zip(other).SelectMany(pair => new[] { pair.First, pair.Second }), seed: 5, 0, s_calendar);
        Assert.Equal(
            Signs(one, [.. flipped.Where(bar => bar.Symbol == "AAA")]), Signs(other, [.. flipped.Where(bar => bar.Symbol == "BBB")]));
    }

    [Fact]
    public void A_planted_memory_is_in_the_flipped_moves()
    {
        var bars = MadeUpBars.Of(seed: 3, "AAA", 5_000, _ => 0).Bars;
        var moves = Moves(FlippedBars.Of(bars, seed: 5, 0.4, s_calendar));
        var slope = moves[..^1].Zip(moves[1..], (one, next) => one * next).Sum() / moves[..^1].Sum(move => move * move);
        Assert.Equal(0.4, slope, 0.05);
    }

    static IEnumerable<bool> Signs(IReadOnlyList<SourceBar> real, IReadOnlyList<SourceBar> flipped) =>
        Moves(real).Zip(Moves(flipped), (one, other) => Math.Sign(one) == Math.Sign(other));

    static double[] Moves(IReadOnlyList<SourceBar> bars) =>
        [.. bars.Zip(bars.Skip(1), (before, bar) => Math.Log(bar.Close.ToDouble() / before.Close.ToDouble()))];

    static double Range(SourceBar bar) => Math.Log(bar.High.ToDouble() / bar.Low.ToDouble());

    static DateOnly Day(SourceBar bar) => s_calendar.TradingDay(bar.EndUs - 1);

    static bool HoldsOpenAndClose(SourceBar bar) =>
        bar.Low.Micros <= Math.Min(bar.Open.Micros, bar.Close.Micros) && bar.High.Micros >= Math.Max(bar.Open.Micros, bar.Close.Micros);
}
