namespace Kafka.Stock.Lakehouse;

/// <summary>How often a node is in the one above it, by the numbers of Parquet's format.</summary>
enum ParquetRepetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once or not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}
