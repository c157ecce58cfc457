using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli.Tests;

public sealed class TallyTests
{
    const double Tolerance = 1e-12;

    [Fact]
    public void Mase_and_coverage_are_of_the_strategy_that_was_served()
    {
        var tally = new SeriesTally();
        Assert.Equal((null, null, null, null), (tally.Mase, tally.Coverage, tally.RollingMase, tally.RollingCoverage));
        tally.Add(Samples.Score(actual: 0, error: 0.01, hit: false));
        Assert.Equal((null, 0.0), (tally.Mase, tally.Coverage));
        tally.Add(Samples.Score(actual: -0.04, error: 0.05, hit: true));
        Assert.Equal(0.06 / 0.04, tally.Mase!.Value, Tolerance);
        Assert.Equal(0.5, tally.Coverage);
        tally.Add(new Score { Series = Samples.Series, Served = "unknown" });
        var refresh = Samples.Score(actual: 0.01, error: 0.5, hit: false);
        refresh.Provisional = true;
        tally.Add(refresh);
        Assert.Equal(2, tally.Scores);
    }

    [Fact]
    public void Rolling_figures_are_of_the_last_250_scores()
    {
        var tally = new SeriesTally();
        for (var i = 0; i < 100; i++) tally.Add(Samples.Score(1, 5, hit: false));
        for (var i = 0; i < 250; i++) tally.Add(Samples.Score(1, 1, hit: true));
        Assert.Equal((1.0, 1.0), (tally.RollingMase!.Value, tally.RollingCoverage!.Value));
        Assert.Equal(750.0 / 350, tally.Mase!.Value, Tolerance);
        Assert.Equal(250.0 / 350, tally.Coverage!.Value, Tolerance);
    }

    [Fact]
    public void Closes_are_the_last_240_and_a_forecast_stands_beside_the_close_that_it_was_made_at()
    {
        var tally = new SeriesTally();
        for (var i = 1; i <= 300; i++) tally.Add(Samples.Bar(i, i));
        Assert.Equal((300L, 300.0, 300 * Samples.MinuteUs), (tally.Bars, tally.LastClose, tally.LastBarEndUs));
        Assert.Equal((240, 61.0), (tally.Closes.Count, tally.Closes.First()));
        tally.Add(Samples.Forecast(last: 299, predicted: 301, lower: null, upper: 302));
        tally.Add(Samples.Bar(310, 301));
        Assert.Equal((1L, 299.0, 301.0, (null, 302.0)), (tally.Forecasts, tally.LastClose, tally.PredictedClose, tally.Interval));
    }

    [Fact]
    public void Records_are_counted_by_what_they_are()
    {
        var tally = new StreamTally();
        tally.Add(StockTopics.Market, new Tick("SPY", "iex", 1, new Price(1), 1, 1));
        tally.Add(StockTopics.Market, new Watermark("SPY", "iex", 1, 2));
        tally.Add(StockTopics.Bars, Samples.Bar(1, 1, "SPY/1m/iex"));
        tally.Add(StockTopics.Bars, Samples.Bar(1, 1, "SPY/1d/csv"));
        tally.Add(StockTopics.Bars, Samples.Bar(1, 1, "AMD/1m/iex"));
        tally.Add(StockTopics.Scores, Samples.Score(1, 1, hit: true));
        tally.Add(StockTopics.DeadLetters.Name, "kafka.stock.Tick", [1, 2, 3]);
        Assert.Equal((1L, 0L, 0L, 1L, 1L), (tally.Ticks, tally.MicroBatches, tally.Forecasts, tally.Scores, tally.DeadLetters));
        Assert.Equal([("1d", 1L), ("1m", 2L)], tally.BarsByInterval());
        Assert.Equal(["AMD/1m/iex", "SPY/1d/csv", "SPY/1m/iex"], tally.Series.Keys.Select(series => series.ToString()));
    }

    [Fact]
    public void The_hash_is_over_forecasts_by_series_then_time_whatever_the_order_of_arrival()
    {
        Forecast[] ordered =
        [
            Samples.Forecast(1, 1, 0, 2, 1, "A/1d/csv"), Samples.Forecast(1, 1, 0, 2, 2, "A/1d/csv"),
            Samples.Forecast(1, 1, 0, 2, 1, "B/1d/csv"),
        ];
        var expected = Convert.ToHexStringLower(SHA256.HashData(ordered.SelectMany(forecast => Samples.BodyOf(forecast)).ToArray()));
        foreach (var order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 2, 0]])
        {
            var tally = new StreamTally();
            foreach (var i in order) tally.Add(StockTopics.Forecasts, ordered[i]);
            Assert.Equal(expected, tally.ForecastsSha256());
        }
    }

    [Fact]
    public void The_result_is_one_line_of_JSON_with_null_where_there_is_no_score()
    {
        var tally = new StreamTally();
        tally.Add(StockTopics.Bars, Samples.Bar(1, 1, "AMD/1m/iex"));
        tally.Add(StockTopics.Bars, Samples.Bar(1));
        tally.Add(StockTopics.Forecasts, Samples.Forecast(1, 1, 0, 2));
        tally.Add(StockTopics.Scores, Samples.Score(actual: 0.3, error: 0.1, hit: true));
        var json = DemoResult.ToJson(tally, 1.23456);
        Assert.DoesNotContain('\n', json);
        Assert.Equal(
            $$$"""
            {"ticks":0,"bars":{"1m":2},"micro_batches":0,"forecasts":1,"scores":1,"dead_letters":0,"decisions":0,"promoted":0,"series":{
            "AMD/1m/iex":{"bars":1,"scores":0,
            "mase":null,"coverage":null},"SPY/1m/iex":{"bars":1,"scores":1,"mase":{{{0.1 / 0.3:R}}},"coverage":1}},
            "forecasts_sha256":"{{{tally.ForecastsSha256()}}}","decisions_sha256":"{{{tally.DecisionsSha256()}}}","seconds":1.235}
            """.Replace("\n", "", StringComparison.Ordinal),
            JsonNode.Parse(json)!.ToJsonString());
    }
}
