namespace Kafka.Stock.Lakehouse;

/// <summary>How a column is compared with a value.</summary>
public enum Comparison
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal, and not null.</summary>
    NotEqual,

    /// <summary>Below.</summary>
    Less,

    /// <summary>Below or equal.</summary>
    LessOrEqual,

    /// <summary>Above.</summary>
    Greater,

    /// <summary>Above or equal.</summary>
    GreaterOrEqual,

    /// <summary>Has no value.</summary>
    IsNull,

    /// <summary>Has a value.</summary>
    IsNotNull,
}
