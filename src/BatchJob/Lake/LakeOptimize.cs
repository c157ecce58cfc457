using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>OPTIMIZE: small files of a partition become one, in one commit that changes no row.</summary>
public static class LakeOptimize
{
    /// <summary>Packs a table's small files.</summary>
    /// <returns>Files before and after, of those that were packed.</returns>
    public static async Task<(int Before, int After)> RunAsync(DeltaTable table, CompactionOptions options, CancellationToken cancellation)
    {
        var read = table.Snapshot;
        var bins = table.PlanCompaction(options);
        if (bins.Count == 0) return (0, 0);
        var definition = new TableDefinition(read.Schema, read.PartitionColumns);
        var packed = new List<(CompactionBin Bin, IReadOnlyCollection<DataFile> Files)>();
        using var connection = table.Lake.Database.Connect();
        foreach (var bin in bins)
        {
            using var scan = await TableScan.OfFilesAsync(table, read, bin.Files, cancellation);
            packed.Add((bin, await LayerFiles.WriteAsync(table, definition, connection, $"SELECT * FROM {scan.Relation}", cancellation)));
        }

        await table.CompactAsync(read, packed, cancellation);
        return (bins.Sum(bin => bin.Files.Length), packed.Sum(one => one.Files.Count));
    }
}
