using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob.Tests.Serving;

/// <summary>Retrains on the topics of an embedded broker.</summary>
public sealed class RetrainJobTests : IDisposable
{
    static readonly Lazy<SampleHistory> s_history = new(() => SampleHistory.Of(seed: 3, symbols: 2, memory: 0.35));
    static readonly RetrainOptions s_options = new();
    readonly Scratch _scratch = new();
    readonly EmbeddedBroker _broker = EmbeddedBroker.Start(3);

    public void Dispose()
    {
        _broker.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_retrain_on_topics_is_the_retrain_on_their_records_and_is_published_and_kept()
    {
        s_history.Value.PublishTo(_broker.Options);
        var expected = s_history.Value.Retrain(s_options);
        var result = Assert.Single(await Job().RetrainAsync(null, CancellationToken.None));
        Assert.Equal(DecisionText.ToJson(expected.Decision), DecisionText.ToJson(result.Decision));
        Assert.True(result.Decision.Promoted, result.Decision.Reason);

        Assert.Equal([DecisionText.ToJson(expected.Decision)], Read<RetrainDecision>(StockTopics.Decisions).Select(DecisionText.ToJson));
        var promotions = Read<ModelPromotion>(StockTopics.MicroBatches);
        Assert.Equal(
            expected.Promotions.Select(one => (one.Series, one.ModelId)),
            promotions.OrderBy(one => one.Series).Select(one => (one.Series, one.ModelId)));
        var kept = Assert.Single(await _scratch.Store.DecisionsAsync(default));
        Assert.Equal(DecisionText.ToJson(expected.Decision), DecisionText.ToJson(kept));
        Assert.Equal(promotions[0].ModelId, (await _scratch.Store.GetAsync(promotions[0].ModelId, default)).ModelId);
        Assert.False(File.Exists(_scratch.PathTo(RetrainLease.Key)));
    }

    [Fact]
    public async Task A_former_model_is_promoted_again_as_a_record()
    {
        s_history.Value.PublishTo(_broker.Options);
        var first = Assert.Single(await Job().RetrainAsync(null, CancellationToken.None)).Promotions[1];
        var back = await Job().RollBackAsync(first.ModelId[..10], CancellationToken.None);
        var last = Read<ModelPromotion>(StockTopics.MicroBatches).Last(one => one.Series == first.Series);
        Assert.Equal(
            (first.ModelId, first.TrainedUntilUs, s_history.Value.EndUs + 1), (last.ModelId, last.TrainedUntilUs, last.EffectiveFromUs));
        Assert.True(first.Artefact.Span.SequenceEqual(last.Artefact.Span));
        Assert.True(first.HybridArtefact.Span.SequenceEqual(last.HybridArtefact.Span));
        Assert.Equal(("rollback", true), (back.Decision.Trigger, back.Decision.Promoted));
        Assert.Equal(["month", "rollback"], (await _scratch.Store.DecisionsAsync(default)).Select(one => one.Trigger).Order());
    }

    [Fact]
    public async Task First_models_may_come_before_the_stream()
    {
        var result = Assert.Single(await Job().TrainInitialAsync(s_history.Value.Into(s_options), null, CancellationToken.None));
        Assert.Equal(("initial", true), (result.Decision.Trigger, result.Decision.Promoted));
        Assert.All(Read<ModelPromotion>(StockTopics.MicroBatches), one => Assert.True(one.Initial));
        Assert.Equal(2, result.Promotions.Count);
    }

    [Fact]
    public async Task Topics_without_a_row_decide_nothing() => Assert.Empty(await Job().RetrainAsync(null, CancellationToken.None));

    [Fact]
    public async Task Two_at_once_are_refused_and_a_stop_leaves_the_champions_as_they_are()
    {
        s_history.Value.PublishTo(_broker.Options);
        using var stop = new CancellationTokenSource();
        Exception? refused = null;
        var job = Job();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RetrainAsync(
            _ =>
            {
                // In the middle of the training: somebody else tries, then it is stopped.
                Interlocked.CompareExchange(ref refused, Record.Exception(
                    () => Job().RetrainAsync(null, CancellationToken.None).GetAwaiter().GetResult()), null);
                stop.Cancel();
            },
            stop.Token));
        Assert.IsType<RefusedException>(refused);
        Assert.Empty(Read<ModelPromotion>(StockTopics.MicroBatches));
        Assert.Empty(Read<RetrainDecision>(StockTopics.Decisions));
        Assert.Empty(await _scratch.Store.DecisionsAsync(default));
        Assert.False(File.Exists(_scratch.PathTo(RetrainLease.Key)));
    }

    [Fact]
    public async Task A_retrain_by_hand_lets_a_schedule_go_on_that_a_failure_had_stopped()
    {
        await _scratch.Store.PutAsync(new LastRun(7, Succeeded: false), CancellationToken.None);
        await Job().RetrainAsync(null, CancellationToken.None);
        Assert.Equal(new LastRun(7, Succeeded: true), await _scratch.Store.LastRunAsync(CancellationToken.None));
    }

    RetrainJob Job() => new(_broker.Options, _scratch.Store, s_options, TimeProvider.System);

    List<TRecord> Read<TRecord>(Topic topic)
        where TRecord : IAvroRecord<TRecord>
    {
        var found = new List<TRecord>();
        var names = new NamePool();
        new RecordReader(_broker.Options, topic.Name).Read(Take, CancellationToken.None);
        return found;

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName != TRecord.SchemaName) return true;
            TRecord? value = default;
            AvroBody.Read(record.Body, names, ref value);
            found.Add(value!);
            return true;
        }
    }
}
