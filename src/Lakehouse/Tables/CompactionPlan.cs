using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Packs small files of a partition into bins: next fit, in the order in which they were written.</summary>
static class CompactionPlan
{
    public static IReadOnlyList<CompactionBin> Of(Snapshot snapshot, CompactionOptions options)
    {
        var bins = new List<CompactionBin>();
        var partitions = snapshot.Files
            .Where(file => file.SizeBytes < options.SmallBytes)
            .GroupBy(file => file.PartitionValues)
            .OrderBy(group => group.Key, PartitionValues.Order);
        foreach (var partition in partitions) Pack(partition, options.TargetBytes, bins);
        return bins;
    }

    static void Pack(IGrouping<PartitionValues, AddFile> partition, long targetBytes, List<CompactionBin> bins)
    {
        var open = ImmutableArray.CreateBuilder<AddFile>();
        long size = 0;
        foreach (var file in partition.OrderBy(file => file.ModifiedMs).ThenBy(file => file.Key, StringComparer.Ordinal))
        {
            if (size + file.SizeBytes > targetBytes) Close();
            open.Add(file);
            size += file.SizeBytes;
        }

        Close();

        void Close()
        {
            if (open.Count > 1) bins.Add(new CompactionBin(partition.Key, open.ToImmutable()));
            open.Clear();
            size = 0;
        }
    }
}
