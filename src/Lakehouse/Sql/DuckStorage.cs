namespace Kafka.Stock.Lakehouse;

/// <summary>How values lie in DuckDB's vectors.</summary>
static class DuckStorage
{
    /// <summary>Bytes of a text's entry: its length, and its bytes or where they are.</summary>
    public const int TextSize = 16;

    /// <summary>A text of up to so many bytes lies in its entry.</summary>
    public const int InlineTextLength = 12;

    /// <summary>Bytes of a value that is a number; 0 for others.</summary>
    public static int SizeOf(DuckType type) => type switch
    {
        DuckType.Boolean or DuckType.TinyInt or DuckType.UTinyInt => 1,
        DuckType.SmallInt or DuckType.USmallInt => 2,
        DuckType.Integer or DuckType.UInteger or DuckType.Float or DuckType.Date => 4,
        DuckType.UBigInt or DuckType.Double => 8,
        DuckType.HugeInt or DuckType.UHugeInt or DuckType.Uuid => 16,
        _ => IsLong(type) ? 8 : 0,
    };

    /// <summary>Signed numbers of 64 bits, whatever they count.</summary>
    public static bool IsLong(DuckType type) => type is DuckType.BigInt or DuckType.Timestamp or DuckType.TimestampS
        or DuckType.TimestampMs or DuckType.TimestampNs or DuckType.TimestampTz or DuckType.Time;
}
