namespace Kafka.Stock.Contracts;

/// <summary>What a value of a plain type means. An unknown or ill-formed one is <see cref="None"/>, as the specification asks.</summary>
public enum AvroLogicalType
{
    /// <summary>Nothing beyond the type.</summary>
    None,

    /// <summary>Bytes or fixed: an unscaled number, two's complement, big-endian.</summary>
    Decimal,

    /// <summary>Int: days since 1970-01-01.</summary>
    Date,

    /// <summary>Int: milliseconds since midnight.</summary>
    TimeMillis,

    /// <summary>Long: microseconds since midnight.</summary>
    TimeMicros,

    /// <summary>Long: milliseconds since 1970 UTC.</summary>
    TimestampMillis,

    /// <summary>Long: microseconds since 1970 UTC.</summary>
    TimestampMicros,

    /// <summary>Long: nanoseconds since 1970 UTC.</summary>
    TimestampNanos,

    /// <summary>Long: milliseconds since 1970 in a time zone that isn't told.</summary>
    LocalTimestampMillis,

    /// <summary>Long: microseconds since 1970 in a time zone that isn't told.</summary>
    LocalTimestampMicros,

    /// <summary>Long: nanoseconds since 1970 in a time zone that isn't told.</summary>
    LocalTimestampNanos,

    /// <summary>String, or a fixed of 16 bytes: a UUID.</summary>
    Uuid,

    /// <summary>Fixed of 12 bytes: months, days and milliseconds, each four bytes, little-endian.</summary>
    Duration,
}
