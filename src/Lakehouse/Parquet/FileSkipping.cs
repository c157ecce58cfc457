using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Which data files needn't be read, by their partition values and statistics.</summary>
public static class FileSkipping
{
    /// <summary>False where no row of the file satisfies all conditions for certain.</summary>
    /// <param name="schema">The table's.</param>
    /// <param name="partitionColumns">Which columns partition it.</param>
    /// <param name="filters">Conditions that hold together.</param>
    /// <param name="values">The file's partition values.</param>
    /// <param name="statsJson">The file's statistics as in the log; null where there are none.</param>
    public static bool MayMatch(
        StructType schema,
        ImmutableArray<string> partitionColumns,
        IReadOnlyList<RowFilter> filters,
        PartitionValues values,
        string? statsJson)
    {
        var unread = true;
        FileStatistics? statistics = null;
        foreach (var filter in filters)
        {
            var isPartitionColumn = partitionColumns.Contains(filter.Column, StringComparer.OrdinalIgnoreCase);
            if (!isPartitionColumn && unread)
            {
                statistics = FileStatistics.Read(statsJson);
                unread = false;
            }

            if (!filter.MayMatch(schema, isPartitionColumn, values, statistics)) return false;
        }

        return true;
    }

    /// <summary>All conditions in SQL, to stand behind WHERE; <c>true</c> for none.</summary>
    public static string ToSql(StructType schema, IReadOnlyList<RowFilter> filters) =>
        filters.Count == 0 ? "true" : string.Join(" AND ", filters.Select(filter => filter.ToSql(schema)));
}
