namespace Kafka.Stock.Lakehouse;

/// <summary>A column's type as Delta's schema names it: a primitive, a decimal, a struct, an array or a map. Compared by value.</summary>
public abstract record DeltaType
{
    /// <summary>UTF-8 text.</summary>
    public static PrimitiveType Text { get; } = new("string");

    /// <summary>8 bytes, signed.</summary>
    public static PrimitiveType Int64 { get; } = new("long");

    /// <summary>4 bytes, signed.</summary>
    public static PrimitiveType Int32 { get; } = new("integer");

    /// <summary>2 bytes, signed.</summary>
    public static PrimitiveType Int16 { get; } = new("short");

    /// <summary>1 byte, signed.</summary>
    public static PrimitiveType Int8 { get; } = new("byte");

    /// <summary>IEEE 754, 4 bytes.</summary>
    public static PrimitiveType Float32 { get; } = new("float");

    /// <summary>IEEE 754, 8 bytes.</summary>
    public static PrimitiveType Float64 { get; } = new("double");

    /// <summary>True or false.</summary>
    public static PrimitiveType Truth { get; } = new("boolean");

    /// <summary>Bytes.</summary>
    public static PrimitiveType Binary { get; } = new("binary");

    /// <summary>A day without time or zone.</summary>
    public static PrimitiveType Date { get; } = new("date");

    /// <summary>An instant, µs, UTC.</summary>
    public static PrimitiveType Timestamp { get; } = new("timestamp");

    /// <summary>All primitives of protocol reader version 1, decimals apart.</summary>
    public static IReadOnlyList<PrimitiveType> Primitives { get; } =
        [Text, Int64, Int32, Int16, Int8, Float32, Float64, Truth, Binary, Date, Timestamp];
}
