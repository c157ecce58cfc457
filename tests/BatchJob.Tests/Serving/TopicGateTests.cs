using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob.Tests.Serving;

/// <summary>The quality gate over the bars of an embedded broker.</summary>
public sealed class TopicGateTests : IDisposable
{
    static readonly SeriesId s_series = QualityRows.Series;
    readonly EmbeddedBroker _broker = EmbeddedBroker.Start(3);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void Good_bars_of_several_partitions_pass()
    {
        Publish([.. Bars(s_series, 30), .. Bars(new SeriesId("IBM", "1d", "csv"), 30), .. Bars(new SeriesId("KO", "1d", "csv"), 30)]);
        Assert.Equal((GateVerdict.Passed, "", null), (Look().Verdict, Look().Failures, Look().Refusal));
    }

    [Fact]
    public void A_bad_bar_fails_its_interval_and_no_other()
    {
        var minutes = new SeriesId("AAPL", "1m", "csv");
        var bars = Bars(s_series, 30);
        Publish([.. bars, bars[0] with { Series = minutes, StartUs = bars[0].EndUs - 60_000_000, Volume = 20_000_000_000 }]);
        Assert.Equal(GateVerdict.Passed, Look().Verdict);
        var failed = Look(interval: "1m");
        Assert.Equal((GateVerdict.Failed, "max_volume 1"), (failed.Verdict, failed.Failures));
        Assert.Equal("size 1", Look(interval: "5m").Failures);
    }

    [Fact]
    public void A_bad_bar_fails_and_is_named_with_its_partition_and_offset()
    {
        var bars = Bars(s_series, 30);
        bars[17] = bars[17] with { Volume = 20_000_000_000 };
        Publish(bars);
        var result = Look();
        Assert.Equal((GateVerdict.Failed, "max_volume 1"), (result.Verdict, result.Failures));
        Assert.Equal("stock.bars.v1", result.Refusal!.Where);
        Assert.Matches(@"AAPL/1d/csv 2020-01-28T21:00:00Z at stock\.bars\.v1\[[0-2]\]@17: ", result.Refusal.Found);
    }

    [Fact]
    public void A_bad_bar_that_somebody_has_acknowledged_passes()
    {
        var bars = Bars(s_series, 30);
        bars[17] = bars[17] with { Volume = 20_000_000_000 };
        Publish(bars);
        var rows = AcknowledgedRows.Parse("rows.csv", "AAPL/1d/csv,2020-01-28T21:00:00Z,max_volume,checked by hand");
        Assert.Equal(GateVerdict.Passed, Look(rows).Verdict);
    }

    [Fact]
    public void A_bar_that_was_delivered_twice_is_a_repeat_and_another_bar_of_its_end_is_not()
    {
        var bars = Bars(s_series, 30);
        Publish([.. bars, .. bars[20..]]);
        Assert.Equal(GateVerdict.Passed, Look().Verdict);

        Publish([bars[25] with { Volume = 7 }]);
        var result = Look();
        Assert.Equal("unique 1, increasing 1", result.Failures);
        Assert.Contains("@40: an end that came before", result.Refusal!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_of_the_market_topic_explains_a_jump_where_jumps_fail()
    {
        var bars = Bars(s_series, 30);
        for (var i = 20; i < bars.Count; i++) bars[i] = QualityRows.Quarter(bars[i]);
        Publish(bars);
        var options = new QualityOptions { FailOn = ["jumps"] };
        Assert.Equal("jumps 1", Look(options: options).Failures);
        Assert.Equal(GateVerdict.Passed, Look().Verdict);

        using (var publisher = new RecordPublisher(_broker.Options, new FoldCounters("test")))
        {
            publisher.Publish(
                StockTopics.Market, "AAPL",
                new CorporateAction("AAPL", "csv", CorporateActionKind.Split, bars[20].StartUs - 1, 0.25, 4, 20));
            publisher.Flush();
        }

        Assert.Equal(GateVerdict.Passed, Look(options: options).Verdict);
    }

    [Fact]
    public void No_bars_at_all_are_no_rows_to_trust()
    {
        var result = Look();
        Assert.Equal("size 1", result.Failures);
        Assert.Contains("no rows", result.Refusal!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_is_no_verdict()
    {
        Publish(Bars(s_series, 30));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => TopicGate.Read(
            _broker.Options, new QualityOptions(), UsEquitiesCalendar.Instance, AcknowledgedRows.Empty, stop.Token));
    }

    GateResult Look(AcknowledgedRows? acknowledged = null, QualityOptions? options = null, string interval = "1d") => GateResult.Of(
        TopicGate.Read(
            _broker.Options, options ?? new QualityOptions(), UsEquitiesCalendar.Instance, acknowledged ?? AcknowledgedRows.Empty,
            CancellationToken.None).Of(interval),
        StockTopics.Bars.Name);

    void Publish(IEnumerable<Bar> bars)
    {
        using var publisher = new RecordPublisher(_broker.Options, new FoldCounters("test"));
        foreach (var bar in bars) publisher.Publish(StockTopics.Bars, bar.Series.Symbol, bar);
        publisher.Flush();
    }

    static List<Bar> Bars(SeriesId series, int count) =>
        [.. Enumerable.Range(0, count).Select(session => QualityRows.DailyBar(session, series))];
}
