using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob.Tests.Serving;

/// <summary>What a retrain does of the gate's word.</summary>
public sealed class RetrainGateTests : IDisposable
{
    static readonly Lazy<SampleHistory> s_history = new(() => SampleHistory.Of(seed: 3, symbols: 2, memory: 0.35));
    static readonly RefusedException s_refusal = new("stock.bars.v1", "max_volume broken by AAPL/1d/csv", "rows that pass");
    readonly Scratch _scratch = new();
    readonly EmbeddedBroker _broker = EmbeddedBroker.Start(3);
    int _looks;

    public void Dispose()
    {
        _broker.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_failed_gate_trains_nothing_and_its_decision_is_kept_and_published_before_the_rows_are_named()
    {
        s_history.Value.PublishTo(_broker.Options);
        await _scratch.Store.PutAsync(new LastRun(7, Succeeded: false), CancellationToken.None);
        var trained = 0;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Job(new GateResult(GateVerdict.Failed, "max_volume 1", s_refusal))
            .RetrainAsync(_ => Interlocked.Increment(ref trained), CancellationToken.None));
        Assert.Same(s_refusal, refused);
        Assert.Equal(0, trained);
        var kept = Assert.Single(await _scratch.Store.DecisionsAsync(default));
        Assert.Equal(
            ("failed", false, "the quality gate failed: nothing was trained (max_volume 1)"), (kept.Gate, kept.Promoted, kept.Reason));
        Assert.Equal(
            DecisionText.ToJson(kept),
            DecisionText.ToJson(Assert.Single(TopicRecords.Read<RetrainDecision>(_broker.Options, StockTopics.Decisions, default))));
        Assert.Empty(TopicRecords.Read<ModelPromotion>(_broker.Options, StockTopics.MicroBatches, default));

        // The schedule that waits for a retrain by hand goes on waiting, and nobody is kept from the next try.
        Assert.Equal(new LastRun(7, Succeeded: false), await _scratch.Store.LastRunAsync(default));
        Assert.False(File.Exists(_scratch.PathTo(RetrainLease.Key)));
    }

    [Fact]
    public async Task A_passed_gate_stands_in_the_decision_and_in_the_promotions_and_changes_nothing_else()
    {
        s_history.Value.PublishTo(_broker.Options);
        var expected = s_history.Value.Retrain(new RetrainOptions());
        var result = Assert.Single(await Job(GateResult.Of(null, "silver.bars")).RetrainAsync(null, CancellationToken.None));
        Assert.Equal(DecisionText.ToJson(expected.Decision with { Gate = "passed" }), DecisionText.ToJson(result.Decision));
        Assert.Equal(expected.Promotions.Select(one => one.ModelId), result.Promotions.Select(one => one.ModelId));
        Assert.All(result.Promotions, one => Assert.Contains("\"gate\":\"passed\"", one.Decision, StringComparison.Ordinal));
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task Bad_rows_of_one_interval_hold_back_no_other()
    {
        s_history.Value.PublishTo(_broker.Options);
        s_history.Value.PublishTo(_broker.Options, interval: "12h");
        var failed = new GateResult(GateVerdict.Failed, "max_volume 1", s_refusal)
        {
            Checks = [new GateCheck("max_volume", "failed", 30, 1, 0, ["S0/12h/csv: huge"])],
        };
        var job = new RetrainJob(
            _broker.Options, _scratch.Store, new RetrainOptions(), TimeProvider.System,
            _ => Task.FromResult<Func<string, GateResult>>(interval => interval == "1d" ? GateResult.Of(null, "bars") : failed));
        Assert.Same(s_refusal, await Assert.ThrowsAsync<RefusedException>(() => job.RetrainAsync(null, CancellationToken.None)));
        var kept = await _scratch.Store.DecisionsAsync(default);
        var (days, halves) = (kept.Single(one => one.Interval == "1d"), kept.Single(one => one.Interval == "12h"));
        Assert.Equal(("passed", true, "failed", false), (days.Gate, days.Promoted, halves.Gate, halves.Promoted));
        Assert.Equal(["S0/12h/csv: huge"], Assert.Single(halves.Checks).Named);
        Assert.Equal(days.Models.Count, TopicRecords.Read<ModelPromotion>(_broker.Options, StockTopics.MicroBatches, default).Count);
        Assert.Equal("passed", Assert.Single(await job.RetrainAsync(null, CancellationToken.None, only: "1d")).Decision.Gate);
    }

    [Fact]
    public async Task Only_the_interval_that_was_asked_for_is_retrained_with_its_trigger()
    {
        s_history.Value.PublishTo(_broker.Options);
        var job = Job(GateResult.Off);
        Assert.Empty(await job.RetrainAsync(null, CancellationToken.None, RetrainTrigger.Drift, "5m"));
        Assert.Equal(0, _looks);
        var result = Assert.Single(await job.RetrainAsync(null, CancellationToken.None, RetrainTrigger.Drift, "1d"));
        Assert.Equal(("1d", "drift", 1), (result.Decision.Interval, result.Decision.Trigger, _looks));
    }

    [Fact]
    public async Task Without_rows_to_learn_from_nobody_looks()
    {
        Assert.Empty(await Job(new GateResult(GateVerdict.Failed, "size 0", s_refusal)).RetrainAsync(null, CancellationToken.None));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public async Task A_gate_that_breaks_leaves_the_champions_as_they_are()
    {
        s_history.Value.PublishTo(_broker.Options);
        var job = new RetrainJob(
            _broker.Options, _scratch.Store, new RetrainOptions(), TimeProvider.System,
            _ => throw new BrokenInputException("lake", "half a file", "a whole one"));
        await Assert.ThrowsAsync<BrokenInputException>(() => job.RetrainAsync(null, CancellationToken.None));
        Assert.Empty(await _scratch.Store.DecisionsAsync(default));
        Assert.Empty(TopicRecords.Read<RetrainDecision>(_broker.Options, StockTopics.Decisions, default));
        Assert.False(File.Exists(_scratch.PathTo(RetrainLease.Key)));
    }

    [Fact]
    public void A_report_without_a_failed_check_passes_and_one_with_some_says_which_and_how_often()
    {
        var good = QualityRows.Check(QualityRows.Daily(0), QualityRows.Daily(1));
        Assert.Equal((GateVerdict.Passed, ""), (GateResult.Of(good, "rows").Verdict, good.FailuresInShort()));
        var bad = QualityRows.Check(
            QualityRows.Daily(0) with { Open = null, Volume = 20_000_000_000 }, QualityRows.Daily(1) with { Volume = 20_000_000_000 });
        var result = GateResult.Of(bad, "rows");
        Assert.Equal((GateVerdict.Failed, "rows"), (result.Verdict, result.Refusal!.Where));
        Assert.StartsWith("min_open 1, max_volume 2", result.Failures, StringComparison.Ordinal);
    }

    RetrainJob Job(GateResult result) => new(
        _broker.Options, _scratch.Store, new RetrainOptions(), TimeProvider.System,
        _ =>
        {
            _looks++;
            return Task.FromResult<Func<string, GateResult>>(_ => result);
        });
}
