using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a table is: identity, schema, partitioning, settings. The newest one holds.</summary>
/// <param name="Id">Of the table, the same for its whole life.</param>
/// <param name="SchemaString">The schema as JSON; null only in logs that lack it against the protocol.</param>
public sealed record MetadataAction(string Id, string? SchemaString) : LogAction
{
    /// <summary>For users.</summary>
    public string? Name { get; init; }

    /// <summary>For users.</summary>
    public string? Description { get; init; }

    /// <summary>Format of the data files; the protocol knows <c>parquet</c> alone.</summary>
    public string FormatProvider { get; init; } = "parquet";

    /// <summary>Settings of the format.</summary>
    public ImmutableSortedDictionary<string, string> FormatOptions { get; init; } = LogMaps.Empty;

    /// <summary>Columns whose values stand in the log and not in the files, in order.</summary>
    public ImmutableArray<string> PartitionColumns { get; init; } = [];

    /// <summary>Settings such as <c>delta.appendOnly</c>.</summary>
    public ImmutableSortedDictionary<string, string> Configuration { get; init; } = LogMaps.Empty;

    /// <summary>When the table was made, ms since 1970 UTC.</summary>
    public long? CreatedMs { get; init; }
}
