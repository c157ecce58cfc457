using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>No forecast knows the future: what comes after t changes no forecast made at or before t, and some later one.</summary>
public sealed class FuturePerturbationTests
{
    const int Cases = 25;
    const int DailyBars = 450;

    [Fact]
    public async Task Changing_any_daily_bar_after_t_leaves_the_forecasts_up_to_t_bit_identical()
    {
        const ulong seed = 50_101;
        var records = (await Backtest.RecordsOfAsync("AAPL.csv")).OfType<SourceBar>().Take(DailyBars).ToList();
        var untouched = Backtest.ForecastsOf(records.Cast<object>());
        Assert.Equal(DailyBars - 60, untouched.Count);
        Check(seed, records.Count, (index, changesPrice) =>
        {
            var bar = records[index];
            var changed = changesPrice ? Scaled(bar) : bar with { Volume = (3 * bar.Volume) + 1_000 };
            var forecasts = Backtest.ForecastsOf([.. records.Take(index), changed, .. records.Skip(index + 1)]);
            AssertSplitAt(bar.EndUs, untouched, forecasts);
        });
    }

    [Fact]
    public async Task Changing_any_trade_after_t_leaves_the_forecasts_up_to_t_bit_identical()
    {
        const ulong seed = 50_102;
        const long minuteUs = 60_000_000;
        var records = (await Backtest.RecordsOfAsync("iex_ticks_2019-10-30.csv.gz")).Where(IsOfSpy).ToList();
        var places = Enumerable.Range(0, records.Count).Where(i => records[i] is Tick).ToArray();
        var untouched = Backtest.ForecastsOf(records);
        Assert.Equal(342, untouched.Count);
        Check(seed, places.Length, (index, changesPrice) =>
        {
            var tick = (Tick)records[places[index]];
            var changed = changesPrice
                ? tick with { Price = new Price(tick.Price.Micros / 100 * 102) } // a new high, so that no minute hides it
                : tick with { Size = (5 * tick.Size) + 1_000 };
            var forecasts = Backtest.ForecastsOf([.. records.Take(places[index]), changed, .. records.Skip(places[index] + 1)]);
            AssertSplitAt(((tick.EventTimeUs / minuteUs) + 1) * minuteUs, untouched, forecasts);
        });
    }

    /// <summary>Random places and kinds of change; a failure names seed and place.</summary>
    static void Check(ulong seed, int count, Action<int, bool> property)
    {
        var cases =
            from index in Gen.Choose(0, count - 1)
            from changesPrice in ArbMap.Default.GeneratorFor<bool>()
            select (index, changesPrice);
        Prop.ForAll(cases.ToArbitrary(), one => property(one.index, one.changesPrice))
            .Label($"seed {seed}").Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(seed, 1));
    }

    /// <summary>Equal before the end of the bar that was changed, different somewhere from it on.</summary>
    static void AssertSplitAt(long endUs, List<(long MadeAtUs, byte[] Body)> untouched, List<(long MadeAtUs, byte[] Body)> changed)
    {
        Assert.Equal(untouched.Select(forecast => forecast.MadeAtUs), changed.Select(forecast => forecast.MadeAtUs));
        var differing = untouched.Zip(changed).Where(pair => !pair.First.Body.AsSpan().SequenceEqual(pair.Second.Body)).ToList();
        Assert.All(differing,
            pair => Assert.True(pair.First.MadeAtUs >= endUs, $"the forecast made at {pair.First.MadeAtUs} knew of {endUs}"));
        Assert.NotEmpty(differing);
    }

    static SourceBar Scaled(SourceBar bar) => bar with
    {
        Open = Scaled(bar.Open),
        High = Scaled(bar.High),
        Low = Scaled(bar.Low),
        Close = Scaled(bar.Close),
    };

    static Price Scaled(Price price) => new(price.Micros / 100 * 107);

    static bool IsOfSpy(object record) => record is Tick { Symbol: "SPY" } or Watermark { Symbol: "SPY" };
}
