using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class ScoreTests
{
    [Fact]
    public void Each_forecast_but_the_last_is_scored_once_as_it_was_published()
    {
        var bars = SampleBars.RandomWalk(1, 300);
        var log = new FoldUnderTest().Feed(bars).Log;
        var (forecasts, scores) = (log.Of<Forecast>(), log.Of<Score>());
        Assert.Equal(forecasts.Count - 1, scores.Count);
        foreach (var (forecast, score) in forecasts.Zip(scores))
        {
            Assert.Equal(forecast.MadeAtUs, score.MadeAtUs);
            var actual = bars.Single(bar => bar.EndUs == score.TargetEndUs).Close.ToDouble();
            Assert.Equal(actual, score.ActualClose);
            Assert.Equal(Math.Log(actual / forecast.LastClose), score.ActualReturn, 1e-14);
            foreach (var (said, scored) in forecast.Strategies.Zip(score.Strategies))
            {
                Assert.Equal(said.PredictedReturn, scored.PredictedReturn);
                foreach (var (interval, result) in said.Intervals.Zip(scored.Intervals))
                    Assert.Equal(interval.Lower <= actual && actual <= interval.Upper, result.Hit);
            }
        }
    }

    [Fact]
    public void Mase_is_the_ratio_of_the_sums_so_far_and_one_for_naive()
    {
        var scores = new FoldUnderTest().Feed(SampleBars.RandomWalk(1, 300)).Log.Of<Score>();
        Assert.All(scores, score => Assert.Equal(1.0, score.Strategies[0].Mase!.Value, 1e-12));
        var absoluteErrors = scores.Sum(score => Math.Abs(score.ActualReturn - score.Strategies[2].PredictedReturn));
        var expected = absoluteErrors / scores.Sum(score => Math.Abs(score.ActualReturn));
        Assert.Equal(expected, scores[^1].Strategies[2].Mase!.Value, 1e-12);
        Assert.Equal(scores.Count, scores[^1].Count);
    }

    [Fact]
    public void The_winkler_score_is_the_width_and_twenty_times_the_miss_at_ninety_percent()
    {
        var log = new FoldUnderTest().Feed(SampleBars.RandomWalk(3, 400)).Log;
        foreach (var (forecast, score) in log.Of<Forecast>().Zip(log.Of<Score>()))
        {
            var interval = forecast.Strategies[1].Intervals[1];
            var (low, high) = (Math.Log(interval.Lower!.Value / forecast.LastClose), Math.Log(interval.Upper!.Value / forecast.LastClose));
            var outside = Math.Max(0, Math.Max(low - score.ActualReturn, score.ActualReturn - high));
            Assert.Equal(high - low + (20 * outside), score.Strategies[1].Intervals[1].Winkler!.Value, 1e-9);
        }
    }

    [Fact]
    public void A_split_between_forecast_and_label_is_no_miss()
    {
        var bars = SampleBars.RandomWalk(4, 200);
        var plain = new FoldUnderTest().Feed(bars).Log.Of<Score>();
        var split = new FoldUnderTest();
        long sequence = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            if (i == 150)
            {
                split.FeedAction(new CorporateAction(
                    "AAA", "csv", CorporateActionKind.Split, bars[i].StartUs, 0.125, 8, ++sequence));
            }

            var factor = i < 150 ? 8 : 1;
            var bar = bars[i];
            split.Feed([bar with
            {
                Open = new(bar.Open.Micros * factor), High = new(bar.High.Micros * factor), Low = new(bar.Low.Micros * factor),
                Close = new(bar.Close.Micros * factor), Sequence = ++sequence,
            }]);
        }

        var scores = split.Log.Of<Score>();
        Assert.Equal(plain.Count, scores.Count);
        Assert.Equal(
            plain.Select(score => score.Strategies[0].Intervals[1].Hit),
            scores.Select(score => score.Strategies[0].Intervals[1].Hit));
        Assert.All(plain.Zip(scores), pair => Assert.Equal(pair.First.ActualReturn, pair.Second.ActualReturn, 1e-6));
    }

    [Fact]
    public void After_a_hole_the_waiting_forecast_is_never_scored()
    {
        var bars = SampleBars.RandomWalk(6, 250);
        bars.RemoveRange(100, 30);
        var log = new FoldUnderTest().Feed(bars).Log;
        Assert.Equal(40 + 60, log.Of<Forecast>().Count);
        Assert.Equal(39 + 59, log.Of<Score>().Count);
        Assert.DoesNotContain(bars[99].EndUs, log.Of<Score>().Select(score => score.MadeAtUs));
    }

    [Fact]
    public void A_horizon_of_three_scores_each_forecast_three_bars_later()
    {
        var options = new Topology.TopologyOptions { HorizonBars = 3 };
        var log = new RecordedLog();
        var topology = new FoldPartition<Topology.MarketMessage, Topology.TopologyState>(new Topology.TopologyFold(options));
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions { HorizonBars = 3 }));
        var batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, log.Output);
        });
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, batches));
        var bars = SampleBars.RandomWalk(8, 160);
        foreach (var bar in bars) market.Publish(StockTopics.Market, bar.Symbol, bar);
        var scores = log.Of<Score>();
        Assert.Equal(100 - 3, scores.Count);
        for (var i = 0; i < scores.Count; i++)
            Assert.Equal((bars[60 + i].EndUs, bars[63 + i].EndUs), (scores[i].MadeAtUs, scores[i].TargetEndUs));
    }
}
