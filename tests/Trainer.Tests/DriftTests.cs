using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class DriftTests
{
    [Fact]
    public void A_change_of_the_loss_is_an_alarm_soon_after_and_the_forecast_of_that_bar_says_so()
    {
        const int Calm = 800;
        var bars = Bars(Calm, 300);
        var log = new FoldUnderTest().Feed(bars).Log;
        var alarms = log.Of<DriftAlarm>();
        Assert.DoesNotContain(alarms, alarm => alarm.AtUs <= bars[Calm].EndUs);
        var first = alarms[0];
        Assert.InRange(first.AtUs, bars[Calm + 1].EndUs, bars[Calm + 100].EndUs);
        Assert.Equal((new SeriesId("AAA", "1d", "csv"), "aggregate"), (first.Series, first.Strategy));
        Assert.True(first.After > first.Before, $"{first}");
        var alarmed = log.Of<Forecast>().Where(forecast => forecast.Drift == DriftState.Alarm).Select(forecast => forecast.MadeAtUs);
        Assert.Equal(alarms.Select(alarm => alarm.AtUs).Distinct(), alarmed);
    }

    [Theory, InlineData(1UL), InlineData(2UL), InlineData(3UL)]
    public void A_random_walk_raises_hardly_any_alarm(ulong seed) =>
        Assert.InRange(new FoldUnderTest().Feed(SampleBars.RandomWalk(seed, 2_000)).Log.Of<DriftAlarm>().Count, 0, 1);

    [Fact]
    public void An_alarm_changes_no_forecast_of_price()
    {
        var bars = Bars(800, 300);
        var log = new FoldUnderTest().Feed(bars).Log;
        var at = log.Of<DriftAlarm>()[0].AtUs;
        var before = new FoldUnderTest().Feed(bars.TakeWhile(bar => bar.EndUs < at)).Log.Of<Forecast>()[^1].Strategies[2];
        var after = log.Of<Forecast>().First(forecast => forecast.MadeAtUs == at).Strategies[2];
        Assert.Equal(before.Steps + 1, after.Steps);
    }

    /// <summary>Days of equal range: closes near the open at first, at the day's far end later, so that the same scale meets larger
    /// errors.</summary>
    static List<SourceBar> Bars(int calm, int wild)
    {
        var bars = SampleBars.RandomWalk(9, calm + wild);
        for (var i = 0; i < bars.Count; i++)
        {
            var up = bars[i].Close.Micros > bars[i].Open.Micros;
            var reach = i < calm ? 0.002 : 0.019;
            var close = 100 * (1 + (up ? reach : -reach));
            bars[i] = bars[i] with
            {
                Open = SampleBars.Dollars(100),
                High = SampleBars.Dollars(102),
                Low = SampleBars.Dollars(98),
                Close = SampleBars.Dollars(close),
            };
        }

        return bars;
    }
}
