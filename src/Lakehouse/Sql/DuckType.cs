namespace Kafka.Stock.Lakehouse;

/// <summary>Types of columns, by the numbers of duckdb.h.</summary>
public enum DuckType
{
    /// <summary>None.</summary>
    Invalid = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 1,

    /// <summary>8 bits, signed.</summary>
    TinyInt = 2,

    /// <summary>16 bits, signed.</summary>
    SmallInt = 3,

    /// <summary>32 bits, signed.</summary>
    Integer = 4,

    /// <summary>64 bits, signed.</summary>
    BigInt = 5,

    /// <summary>8 bits, unsigned.</summary>
    UTinyInt = 6,

    /// <summary>16 bits, unsigned.</summary>
    USmallInt = 7,

    /// <summary>32 bits, unsigned.</summary>
    UInteger = 8,

    /// <summary>64 bits, unsigned.</summary>
    UBigInt = 9,

    /// <summary>32 bits of IEEE 754.</summary>
    Float = 10,

    /// <summary>64 bits of IEEE 754.</summary>
    Double = 11,

    /// <summary>µs since 1970 of a clock on a wall, 64 bits.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970, 32 bits.</summary>
    Date = 13,

    /// <summary>µs since midnight, 64 bits.</summary>
    Time = 14,

    /// <summary>Months, days, µs: 16 bytes.</summary>
    Interval = 15,

    /// <summary>128 bits, signed.</summary>
    HugeInt = 16,

    /// <summary>UTF-8 text.</summary>
    Varchar = 17,

    /// <summary>Bytes.</summary>
    Blob = 18,

    /// <summary>A count of units of 10^-scale, in 16, 32, 64 or 128 bits.</summary>
    Decimal = 19,

    /// <summary>Seconds since 1970, 64 bits.</summary>
    TimestampS = 20,

    /// <summary>ms since 1970, 64 bits.</summary>
    TimestampMs = 21,

    /// <summary>ns since 1970, 64 bits.</summary>
    TimestampNs = 22,

    /// <summary>One of named values.</summary>
    Enum = 23,

    /// <summary>Any number of values of one type.</summary>
    List = 24,

    /// <summary>Named fields.</summary>
    Struct = 25,

    /// <summary>Keys and values.</summary>
    Map = 26,

    /// <summary>128 bits.</summary>
    Uuid = 27,

    /// <summary>One of several types.</summary>
    Union = 28,

    /// <summary>A string of bits.</summary>
    Bit = 29,

    /// <summary>Time of day with its offset.</summary>
    TimeTz = 30,

    /// <summary>µs since 1970 UTC, 64 bits.</summary>
    TimestampTz = 31,

    /// <summary>128 bits, unsigned.</summary>
    UHugeInt = 32,

    /// <summary>A fixed number of values of one type.</summary>
    Array = 33,

    /// <summary>The type of a bare NULL.</summary>
    SqlNull = 36,
}
