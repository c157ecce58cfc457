using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Files of one partition that are to become one.</summary>
/// <param name="PartitionValues">Of all of them.</param>
/// <param name="Files">At least two, in the order in which their rows are to stand.</param>
public sealed record CompactionBin(PartitionValues PartitionValues, ImmutableArray<AddFile> Files)
{
    /// <summary>Passes where the new files have as many rows as the old, as far as statistics tell.</summary>
    internal void DemandSameRows(string where, IReadOnlyCollection<DataFile> files)
    {
        var before = Sum(Files.Select(file => file.StatsJson));
        var after = Sum(files.Select(file => file.StatsJson));
        if (before is null || after is null || before == after) return;
        throw new RefusedException($"{where}, partition {PartitionValues}", $"{after} rows after compaction", $"{before}, as before");
    }

    static long? Sum(IEnumerable<string?> stats)
    {
        long sum = 0;
        foreach (var one in stats)
        {
            if (FileStatistics.ReadNumRecords(one) is not { } rows) return null;
            sum += rows;
        }

        return sum;
    }
}
