using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests.Controls;

/// <summary>The short form of every control, on the bundled bars where real ones are needed.</summary>
public sealed class ControlsTests
{
    static readonly Lazy<IReadOnlyList<SourceBar>> s_bars = new(
        () => [.. MarketFiles.Read(Repository.PathTo("data/demo")).OfType<SourceBar>()]);

    static readonly ControlOptions s_short = ControlOptions.Short with { FlippedRuns = 1 };

    [Fact]
    public void On_a_random_walk_what_is_served_does_not_lose_to_no_change()
    {
        var result = new BatchJob.Controls(s_short).RandomWalk(s_bars.Value);
        Assert.True(result.Passed, $"{result.Value}");
        Assert.InRange(result.Value, 0.998, 1.0008); // and it can't win by much either
    }

    [Fact]
    public void Random_walks_are_hardly_ever_found_to_be_skill()
    {
        var result = new BatchJob.Controls(s_short).FalseDiscoveries();
        Assert.Equal(s_short.Walks, result.Runs.Count);
        Assert.True(result.Passed, $"{result.Value}");
        Assert.Contains(result.Runs, wealth => wealth > 1); // the bettor does bet
    }

    [Fact]
    public void A_planted_memory_is_found()
    {
        var planted = new BatchJob.Controls(s_short).PlantedMemory(s_bars.Value);
        Assert.All(planted, result => Assert.True(result.Passed, $"{result.Control} {result.Value}"));
        Assert.InRange(planted[0].Value, 0.99, 0.9985); // each move repeats a tenth of the last: nobody can do much better
    }

    [Fact]
    public void Reckless_candidates_are_refused()
    {
        var result = new BatchJob.Controls(s_short).BadCandidates(s_bars.Value);
        Assert.Equal((0.0, 3), (result.Value, result.Runs.Count));
        Assert.True(result.Passed);
    }

    [Fact]
    public void When_a_regime_returns_replay_has_kept_something_of_it()
    {
        var results = new BatchJob.Controls(s_short).Forgetting();
        Assert.All(results, result => Assert.True(result.Passed, $"{result.Control} {result.Value}"));
    }

    [Fact]
    public void Flipped_bars_keep_ranges_and_common_days_and_lose_direction()
    {
        var real = s_bars.Value;
        var flipped = FlippedBars.Of(real, seed: 3, memory: 0, UsEquitiesCalendar.Instance);
        Assert.Equal(real.Count, flipped.Count);
        var signs = new Dictionary<long, double>();
        for (var i = 3; i < real.Count; i++)
        {
            Assert.Equal(Math.Log(Ratio(real[i].High, real[i].Low)), Math.Log(Ratio(flipped[i].High, flipped[i].Low)), 1e-4);
            Assert.True(flipped[i].High.Micros >= Math.Max(flipped[i].Open.Micros, flipped[i].Close.Micros));
            Assert.True(flipped[i].Low.Micros <= Math.Min(flipped[i].Open.Micros, flipped[i].Close.Micros));
            var before = Enumerable.Range(1, 3).First(back => real[i - back].Symbol == real[i].Symbol);
            var (move, made) = (Math.Log(Ratio(real[i].Close, real[i - before].Close)),
                Math.Log(Ratio(flipped[i].Close, flipped[i - before].Close)));
            Assert.Equal(Math.Abs(move), Math.Abs(made), 1e-4);
            if (Math.Abs(move) < 1e-3) continue;
            Assert.Equal(signs.TryGetValue(real[i].EndUs, out var sign) ? sign : signs[real[i].EndUs] = Math.Sign(move * made),
                Math.Sign(move * made));
        }

        Assert.InRange(signs.Values.Average(), -0.1, 0.1);
    }

    [Fact]
    public void A_planted_memory_is_in_the_bars()
    {
        var flipped = FlippedBars.Of(s_bars.Value, seed: 3, memory: 0.3, UsEquitiesCalendar.Instance);
        var closes = flipped.Where(bar => bar.Symbol == "IBM").Select(bar => Math.Log(bar.Close.ToDouble())).ToArray();
        var moves = closes.Zip(closes.Skip(1)).Select(pair => pair.Second - pair.First).ToArray();
        var products = moves.Zip(moves.Skip(1)).Sum(pair => pair.First * pair.Second) / moves.Sum(move => move * move);
        Assert.InRange(products, 0.24, 0.36);
    }

    [Fact]
    public void Made_up_bars_are_as_they_say()
    {
        var (bars, next) = MadeUpBars.Of(5, "X", 3_000, _ => 0.5);
        var moves = bars.Zip(bars.Skip(1)).Select(pair => Math.Log(Ratio(pair.Second.Close, pair.First.Close))).ToArray();
        var noise = moves.Skip(1).Select((move, i) => move - next[i + 1]).ToArray();
        Assert.InRange(Math.Sqrt(noise.Average(one => one * one)), 0.0097, 0.0103);
        Assert.InRange(noise.Average(), -6e-4, 6e-4);
        Assert.Equal(bars, MadeUpBars.Of(5, "X", 3_000, _ => 0.5).Bars);
    }

    static double Ratio(Price above, Price below) => above.ToDouble() / below.ToDouble();
}
