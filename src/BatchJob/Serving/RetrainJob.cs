using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains on the topics of a broker: reads them to their end, decides, keeps models and decision, publishes.</summary>
/// <remarks>The instant of a decision is the end of the last bar of its interval, so the same log gives the same decision, whatever the
/// clock says. Nothing is published before all is decided and kept: a stop before leaves the champions as they are.</remarks>
/// <param name="kafka">How to reach the broker.</param>
/// <param name="store">Where models are kept.</param>
/// <param name="options">How.</param>
/// <param name="time">The clock, for the lease.</param>
/// <param name="gate">Looks at the rows before a retrain and says what those of an interval are like; null where nobody does.</param>
/// <param name="versions">The lake's table of models; null where there is no lake.</param>
public sealed class RetrainJob(
    KafkaOptions kafka, ModelStore store, RetrainOptions options, TimeProvider time,
    Func<CancellationToken, Task<Func<string, GateResult>>>? gate = null, ModelVersions? versions = null)
{
    const string Role = "batch";

    readonly RetrainOptions _options = options.Validated();

    /// <summary>Retrains every interval, each by itself, if the gate lets it: the bad rows of one don't hold back another.</summary>
    /// <param name="progress">Told after each series, on any thread.</param>
    /// <param name="cancellation">Ends it with nothing published.</param>
    /// <param name="trigger">One of <see cref="RetrainTrigger"/>.</param>
    /// <param name="only">The one interval to retrain; null for all.</param>
    /// <returns>One decision an interval, in ordinal order; none where no topic has a micro-batch.</returns>
    /// <exception cref="RefusedException">Somebody else retrains on this store; or the gate failed for an interval: the decisions of all
    /// are kept and published, and nothing of that one was trained.</exception>
    public async Task<IReadOnlyList<RetrainResult>> RetrainAsync(
        Action<RetrainProgress>? progress, CancellationToken cancellation, string trigger = RetrainTrigger.Month, string? only = null)
    {
        await using var lease = await RetrainLease.TakeAsync(store.Objects, time, cancellation);
        var madeFrom = await MadeFromAsync(cancellation);
        var known = await Task.Run(() => TopicHistory.Read(kafka, _options, cancellation), cancellation);
        var intervals = known.Intervals.Where(interval => only is null || interval == only).ToList();
        var found = intervals.Count == 0 || gate is null ? _ => GateResult.Off : await gate(cancellation);
        var results = await Task.Run(
            () => Decide(known, intervals, (retrainer, interval, atUs) => retrainer.Retrain(
                interval, atUs, trigger, found(interval), progress, cancellation)),
            cancellation);
        await KeepAndPublishAsync(results, madeFrom, cancellation);
        if (intervals.Select(found).FirstOrDefault(one => one.Refusal is not null)?.Refusal is { } refusal) throw refusal;

        // A schedule that a failure has stopped may go on.
        if (await store.LastRunAsync(CancellationToken.None) is { Succeeded: false } failed)
            await store.PutAsync(failed with { Succeeded = true }, CancellationToken.None);
        return results;
    }

    /// <summary>Trains first models. No gate: there is no champion that a bad candidate could replace.</summary>
    /// <param name="history">What they learn from; null for the topics.</param>
    /// <param name="progress">Told after each series, on any thread.</param>
    /// <param name="cancellation">Ends it with nothing published.</param>
    /// <exception cref="RefusedException">Somebody else retrains on this store.</exception>
    public async Task<IReadOnlyList<RetrainResult>> TrainInitialAsync(
        TrainingHistory? history, Action<RetrainProgress>? progress, CancellationToken cancellation)
    {
        await using var lease = await RetrainLease.TakeAsync(store.Objects, time, cancellation);
        var madeFrom = await MadeFromAsync(cancellation);
        var results = await Task.Run(
            () =>
            {
                var known = history ?? TopicHistory.Read(kafka, _options, cancellation);
                return Decide(
                    known, known.Intervals, (retrainer, interval, atUs) => retrainer.TrainInitial(interval, atUs, progress, cancellation));
            },
            cancellation);
        await KeepAndPublishAsync(results, madeFrom, cancellation);
        return results;
    }

    /// <summary>Promotes a model of the store again.</summary>
    /// <param name="version">Its id, or the beginning of it.</param>
    /// <param name="cancellation">Ends it with nothing published.</param>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    /// <exception cref="RefusedException">The topics have no bar of its series, or somebody else retrains on this store.</exception>
    public async Task<RetrainResult> RollBackAsync(string version, CancellationToken cancellation)
    {
        await using var lease = await RetrainLease.TakeAsync(store.Objects, time, cancellation);
        var model = await store.GetAsync(version, cancellation);
        var interval = model.Series.Interval;
        var history = await Task.Run(() => TopicHistory.Read(kafka, _options, cancellation), cancellation);
        var atUs = history.LastBarEndUs(interval)
            ?? throw new RefusedException($"{kafka.BootstrapServers}", $"no bar of {interval}", $"micro-batches of {model.Series}");
        var decision = new RetrainDecision
        {
            Interval = interval,
            DecidedAtUs = atUs,
            EffectiveFromUs = atUs + 1,
            Trigger = RetrainTrigger.Rollback,
            Promoted = true,
            Reason = $"{model.Series} goes back to {model.ModelId}",
            Recipe = "",
            Series = 1,
            Models = [new DecidedModel(model.Series.Symbol, model.Series.Source, model.ModelId, 0, model.TrainedUntilUs)],
        };
        var promotion = new ModelPromotion(
            model.Series, model.ModelId, model.TrainedUntilUs, decision.EffectiveFromUs, model.Fingerprint, model.Artefact,
            model.HybridArtefact, DecisionText.ToJson(decision with { Models = [] }));
        var result = new RetrainResult(decision, [promotion]);
        await KeepAndPublishAsync([result], madeFrom: default, cancellation);
        return result;
    }

    List<RetrainResult> Decide(
        TrainingHistory known, IEnumerable<string> intervals, Func<Retrainer, string, long, RetrainResult> decide)
    {
        var retrainer = new Retrainer(known, _options);
        return [.. from interval in intervals let atUs = known.LastBarEndUs(interval) where atUs is not null
                   select decide(retrainer, interval, atUs.Value)];
    }

    /// <summary>Taken before the training, which lasts: a rebuild in between isn't what was checked.</summary>
    async Task<LakeVersions> MadeFromAsync(CancellationToken cancellation) =>
        versions is null ? default : await versions.NewestAsync(cancellation);

    async Task KeepAndPublishAsync(IReadOnlyList<RetrainResult> results, LakeVersions madeFrom, CancellationToken cancellation)
    {
        foreach (var result in results) await store.PutAsync(result, cancellation);
        if (versions is not null) await versions.AppendAsync(results, store, _options.Trainer.Pipeline, madeFrom, cancellation);
        cancellation.ThrowIfCancellationRequested();
        using var publisher = new RecordPublisher(kafka, new FoldCounters(Role));
        foreach (var result in results) result.PublishTo(publisher);
        await Task.Run(() => publisher.Flush(), CancellationToken.None);
    }
}
