using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob;

/// <summary>Makes silver and gold from bronze, each replaced in one commit: the same rows in the same files whoever runs it.</summary>
/// <remarks>
/// A full rebuild folds bronze from its first record on. An incremental one goes on from the states that the last rebuild left, if they
/// belong to the very versions that the layers have now, and rewrites the partitions that it touches; both give the same bytes.
/// </remarks>
public sealed class LakeRebuild(Lake lake, RebuildOptions options)
{
    const string BarsKey = "series, \"end\", \"view\"";
    const string FeaturesKey = "series, \"end\"";

    static readonly SortedDictionary<(string Topic, int Partition), long> s_nothing = [];

    readonly TableDefinition _features = LakeTables.FeaturesDefinition(options.Topology.Pipeline);

    /// <summary>Does it.</summary>
    /// <exception cref="RefusedException">There is no bronze yet, or gold has the features of another pipeline.</exception>
    /// <exception cref="ConflictException">Another rebuild ran at the same time.</exception>
    public async Task<RebuildReport> RunAsync(CancellationToken cancellation)
    {
        if (!await lake.HasAsync(LakeTables.Market, cancellation))
            throw new RefusedException($"{lake.Store.Root}/{LakeTables.Market}", "no table", "records: kstock lake sync comes first");
        var market = await lake.OpenAsync(LakeTables.Market, cancellation);
        var raw = await lake.HasAsync(LakeTables.Raw, cancellation) ? await lake.OpenAsync(LakeTables.Raw, cancellation) : null;
        var bars = await lake.OpenOrCreateAsync(LakeTables.Bars, LakeTables.BarsDefinition, cancellation);
        var features = await lake.OpenOrCreateAsync(LakeTables.Features, _features, cancellation);
        var (readBars, readFeatures) = (bars.Snapshot, features.Snapshot);
        var carried = options.IsFull ? null : await CarriedAsync(readBars, readFeatures, market.Snapshot, raw?.Snapshot, cancellation);

        using var marketScan = await TableScan.OfFilesAsync(
            market, market.Snapshot, await NewFilesAsync(market, carried, cancellation), cancellation);
        using var rawScan = raw is null ? null : await TableScan.OpenAsync(raw, raw.Snapshot, [], cancellation);
        using var oldBars = carried is null ? null : await TableScan.OpenAsync(bars, readBars, [], cancellation);
        using var work = new RebuildWork(lake.Database, options, new RebuildInput(
            marketScan.Relation, LayerSql.After(carried?.Market ?? s_nothing), rawScan?.Relation, LayerSql.After(carried?.Raw ?? s_nothing),
            oldBars?.Relation, carried));
        await work.RunAsync(cancellation);

        var isFull = carried is null;
        var newBars = await ReplaceAsync(
            bars, readBars, LakeTables.BarsDefinition, work.Stages.Select(stage => stage.Bars), BarsKey, isFull, cancellation);
        var newFeatures = await ReplaceAsync(
            features, readFeatures, _features, work.Stages.Select(stage => stage.Features), FeaturesKey, isFull, cancellation);
        var state = new CarriedState(
            Epoch(), newBars.Version, newFeatures.Version, market.Snapshot.Version, LakeProgress.Of(LakeTables.Market, market.Snapshot),
            raw is null ? s_nothing : LakeProgress.Of(LakeTables.Raw, raw.Snapshot), work.States());
        await lake.Store.PutAsync(CarriedState.Key, state.ToBytes(), cancellation);
        return new RebuildReport(
            isFull, work.Records, work.Refused, work.Payloads, work.UnreadPayloads, newBars.Version, newFeatures.Version,
            newBars.RowCount ?? 0, newFeatures.RowCount ?? 0);
    }

    long Epoch() => new TopologyFold(options.Topology).Epoch;

    /// <summary>The carried state, if it belongs to what is there; else a full rebuild it is.</summary>
    async Task<CarriedState?> CarriedAsync(
        Snapshot bars, Snapshot features, Snapshot market, Snapshot? raw, CancellationToken cancellation)
    {
        var carried = CarriedState.Read(await lake.Store.GetAsync(CarriedState.Key, cancellation));
        var isOurs = carried is not null && carried.Epoch == Epoch() && carried.BarsVersion == bars.Version
            && carried.FeaturesVersion == features.Version && carried.MarketVersion <= market.Version
            && IsWithin(carried.Market, LakeProgress.Of(LakeTables.Market, market))
            && (raw is null ? carried.Raw.Count == 0 : IsWithin(carried.Raw, LakeProgress.Of(LakeTables.Raw, raw)));
        return isOurs ? carried : null;
    }

    static bool IsWithin(
        IReadOnlyDictionary<(string Topic, int Partition), long> earlier, SortedDictionary<(string Topic, int Partition), long> later) =>
        earlier.All(one => later.TryGetValue(one.Key, out var offset) && offset >= one.Value);

    /// <summary>Files that came since; all of them where the earlier version can't be read any more.</summary>
    static async Task<IReadOnlyList<AddFile>> NewFilesAsync(DeltaTable market, CarriedState? carried, CancellationToken cancellation)
    {
        if (carried is null) return [.. market.Snapshot.Files];
        try
        {
            var then = await market.AtVersionAsync(carried.MarketVersion, cancellation);
            return [.. market.Snapshot.Files.Where(file => !then.Has(file))];
        }
        catch (BrokenInputException)
        {
            return [.. market.Snapshot.Files];
        }
    }

    async Task<Snapshot> ReplaceAsync(
        DeltaTable table, Snapshot read, TableDefinition definition, IEnumerable<string> stages, string key, bool isFull,
        CancellationToken cancellation)
    {
        var rows = LayerSql.Union(stages);
        using var connection = lake.Database.Connect();
        List<AddFile> replaced = [.. read.Files];
        if (!isFull)
        {
            var touched = TouchedPartitions(connection, rows, cancellation);
            replaced.RemoveAll(file => !touched.Contains((file.PartitionValues["interval"], file.PartitionValues["year"])));
        }

        using var old = isFull ? null : await TableScan.OfFilesAsync(table, read, replaced, cancellation);
        var select = LayerSql.Layer(definition, rows, old?.Relation, key);
        var files = await LayerFiles.WriteByContentAsync(table, definition, connection, select, cancellation);
        return await LayerCommit.ReplaceAsync(table, read, replaced, files, cancellation);
    }

    static HashSet<(string? Interval, string? Year)> TouchedPartitions(
        DuckConnection connection, string rows, CancellationToken cancellation)
    {
        var touched = new HashSet<(string? Interval, string? Year)>();
        using var result = connection.Query($"SELECT DISTINCT \"interval\", year::VARCHAR FROM ({rows})", cancellation);
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++) touched.Add((result[0].Text(row), result[1].Text(row)));
        }

        return touched;
    }
}
