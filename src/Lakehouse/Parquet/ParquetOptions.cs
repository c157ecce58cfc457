namespace Kafka.Stock.Lakehouse;

/// <summary>How data files are cut.</summary>
public sealed record ParquetOptions
{
    /// <summary>Rows in a row group, the unit that readers skip and share out; 122,880 by default.</summary>
    public int GroupRows { get; init; } = 122_880;

    /// <summary>Rows of a bulk load before they are written to files; 1,000,000 by default. Memory is in proportion to it.</summary>
    public int LoadRows { get; init; } = 1_000_000;

    /// <summary>Bytes of those rows in memory, at which they are written even where they are fewer; 128 MiB by default. Up to four times
    /// as much is in memory.</summary>
    public long LoadBytes { get; init; } = 128L << 20;

    /// <summary>Partitions that one write may touch; 10,000 by default.</summary>
    public int PartitionsMax { get; init; } = 10_000;
}
