namespace Kafka.Stock.Lakehouse;

/// <summary>How values lie in a Parquet file, by the numbers of its format.</summary>
enum ParquetPrimitive
{
    /// <summary>One bit.</summary>
    Bool = 0,

    /// <summary>Four bytes.</summary>
    Int32 = 1,

    /// <summary>Eight bytes.</summary>
    Int64 = 2,

    /// <summary>A length of four bytes, then so many.</summary>
    Bytes = 6,
}
