using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>What a verb of the batch job works with: models, topics, gate, and the lake where one was named.</summary>
sealed class BatchWork : IDisposable
{
    readonly OpenLake? _lake;

    BatchWork(RetrainJob job, OpenLake? lake) => (Job, _lake) = (job, lake);

    public RetrainJob Job { get; }

    /// <summary>Opens it.</summary>
    /// <param name="context">The settings; checked.</param>
    /// <param name="flags">Flags of the gate; null for a verb that has none.</param>
    public static BatchWork Open(VerbContext context, GateFlags? flags)
    {
        var values = context.Values;
        var lake = values.TextOrNull(SettingTable.Lake) is { } path ? OpenLake.Of(values, path) : null;
        var job = new RetrainJob(
            StackSettings.Client(values), StoreOf(values), FoldOptions.Retrain(values), TimeProvider.System,
            flags is null || values.Text(SettingTable.Gate) == "off" ? null : Look, lake is null ? null : new ModelVersions(lake.Lake));
        return new BatchWork(job, lake);

        // The rows that may break a rule are read at each look: a service need not be started anew for them.
        async Task<Func<string, GateResult>> Look(CancellationToken cancellation)
        {
            var (options, calendar) = (flags.Options(context.Parse), FoldOptions.Calendar(values));
            var acknowledged = await flags.AcknowledgedAsync(context.Parse, cancellation);
            if (lake is null)
            {
                var reports = await Task.Run(
                    () => TopicGate.Read(StackSettings.Client(values), options, calendar, acknowledged, cancellation), cancellation);
                return interval => GateResult.Of(reports.Of(interval), StockTopics.Bars.Name);
            }

            var pass = await new LakeCheck(lake.Lake, options, calendar, acknowledged).RunAsync(cancellation);
            return interval => GateResult.Of(pass.ByInterval.Of(interval), "silver.bars");
        }
    }

    /// <summary>Where models are kept.</summary>
    public static ModelStore StoreOf(SettingValues values) =>
        new(ObjectStores.Open(values.Text(SettingTable.Models), new ObjectStoreOptions { S3 = OpenLake.S3(values) }));

    /// <inheritdoc/>
    public void Dispose() => _lake?.Dispose();
}
