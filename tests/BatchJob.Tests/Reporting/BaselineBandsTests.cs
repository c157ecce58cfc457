using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

public sealed class BaselineBandsTests
{
    [Fact]
    public void The_quantiles_are_those_of_the_last_250_returns()
    {
        var series = SampleJournal.Run.Value.Series.First();
        var bands = BaselineBands.Of(series);
        var returns = Returns(series);
        Assert.True(double.IsNaN(bands.QuantileLowers(1)[249]));
        for (var bar = 250; bar < returns.Length; bar += 37)
        {
            double[] sorted = [.. returns[(bar - 249)..(bar + 1)].Order()];
            Assert.Equal(0.55 * sorted[12] + (0.45 * sorted[13]), bands.QuantileLowers(1)[bar], 1e-12); // 249 x .05 = 12.45
            Assert.Equal(0.45 * sorted[236] + (0.55 * sorted[237]), bands.QuantileUppers(1)[bar], 1e-12);
        }
    }

    [Fact]
    public void The_EWMA_band_is_a_conformal_layer_on_a_mean_of_squares()
    {
        var series = SampleJournal.Run.Value.Series.First();
        var bands = BaselineBands.Of(series);
        var returns = Returns(series);
        List<double> scores = [];
        var (top, bottom, alpha, scale, half, isWarm) = (0.0, 0.0, 0.1, double.NaN, double.NaN, false);
        for (var bar = 1; bar < returns.Length; bar++)
        {
            if (!double.IsNaN(scale))
            {
                if (isWarm) alpha += 0.005 * (0.1 - (Math.Abs(returns[bar]) > half ? 1 : 0));
                scores.Add(Math.Abs(returns[bar]) / scale);
            }

            top = (0.94 * top) + (0.06 * returns[bar] * returns[bar]);
            bottom = (0.94 * bottom) + 0.06;
            scale = Math.Sqrt(top / bottom);
            isWarm = scores.Count >= 200;
            half = isWarm ? Quantile(scores.TakeLast(500), 1 - alpha) * scale : NormalDistribution.Quantile(0.95) * scale;
            Assert.Equal(half, bands.EwmaHalves(1)[bar], 1e-9 * half);
        }

        Assert.True(isWarm);
    }

    [Fact]
    public void A_later_bar_changes_no_earlier_band()
    {
        var records = SampleWalks.Of(seed: 9, sessions: 400, symbols: 1);
        var whole = BaselineBands.Of(SampleJournal.Of(records).Series.Single());
        var cut = BaselineBands.Of(SampleJournal.Of(records.Take(320)).Series.Single());
        for (var level = 0; level < 3; level++)
        {
            Assert.Equal(cut.QuantileLowers(level).ToArray(), whole.QuantileLowers(level)[..320].ToArray());
            Assert.Equal(cut.EwmaHalves(level).ToArray(), whole.EwmaHalves(level)[..320].ToArray());
        }
    }

    [Fact]
    public void A_split_is_no_return()
    {
        var closes = Enumerable.Range(0, 300).Select(i => i < 260 ? 100.0 + (i % 7) : 10.0 + (0.1 * (i % 7))).ToArray();
        Assert.True(BaselineBands.Of(Series(closes, score: null)).EwmaHalves(0)[260] > 0.5); // a fall of 90 %, as far as closes tell

        var score = new Score
        {
            Series = new SeriesId("Y", "1d", "csv"),
            MadeAtUs = SampleJournal.EndUs(259),
            TargetEndUs = SampleJournal.EndUs(260),
            LastClose = 10,
            ActualClose = 10,
            ActualReturn = 0.001,
        };
        Assert.True(BaselineBands.Of(Series(closes, score)).EwmaHalves(0)[260] < 0.2);
    }

    [Fact]
    public void A_sliding_quantile_is_that_of_its_window()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>(),
            values =>
            {
                var sliding = new SlidingQuantile(5);
                List<double> all = [];
                foreach (var value in values)
                {
                    sliding.Add(value.Get);
                    all.Add(value.Get);
                    foreach (var p in (double[])[0, 0.05, 0.5, 1])
                        Assert.Equal(Quantile(all.TakeLast(5), p), sliding.Quantile(p));
                }
            }).QuickCheckThrowOnFailure();
    }

    static SeriesJournal Series(double[] closes, Score? score)
    {
        var journal = new ForecastJournal();
        var series = new SeriesId("Y", "1d", "csv");
        for (var i = 0; i < closes.Length; i++)
        {
            journal.Publish(StockTopics.Bars, "Y", SampleJournal.Bar(series, SampleJournal.EndUs(i), closes[i]));
            if (i != 259) continue;
            journal.Publish(StockTopics.Forecasts, "Y", new Forecast
            {
                Series = series,
                MadeAtUs = SampleJournal.EndUs(i),
                LastClose = closes[i],
                Scale = 0.01,
                Strategies = [new StrategyForecast { Strategy = "naive",
                    Intervals = [new ForecastInterval(0.9, 1, 1_000, IntervalKind.Bounded)] }],
            });
            if (score is not null) journal.Publish(StockTopics.Scores, "Y", score);
        }

        return journal.Series.Single();
    }

    static double[] Returns(SeriesJournal series)
    {
        var closes = series.Closes.ToArray();
        return [0, .. closes.Zip(closes.Skip(1)).Select(pair => Math.Log(pair.Second / pair.First))];
    }

    static double Quantile(IEnumerable<double> values, double p)
    {
        double[] sorted = [.. values.Order()];
        var position = (sorted.Length - 1) * p;
        var below = Math.Clamp((int)position, 0, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
