using System.Collections.Immutable;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Columns that every bronze table has: where a record lay, and what its own columns don't say.</summary>
static class BronzeColumns
{
    /// <summary>The beginning of the year 1: columns of instants take what lies from there to the year 9999.</summary>
    public const long TimeUsMin = -62_135_596_800_000_000;

    /// <summary>The end of the year 9999.</summary>
    public const long TimeUsMax = 253_402_300_799_999_999;

    /// <summary>Prices in records, exact.</summary>
    public static DecimalType Price { get; } = new(18, 6);

    /// <summary>Where it lay.</summary>
    public static ImmutableArray<StructField> Place { get; } =
        [new("topic", DeltaType.Text), new("partition", DeltaType.Int32), new("offset", DeltaType.Int64)];

    /// <summary>The key where it isn't the symbol; schema and body where the columns don't hold all of the record.</summary>
    public static ImmutableArray<StructField> Rest { get; } =
        [new("key", DeltaType.Binary), new("schema", DeltaType.Text), new("body", DeltaType.Binary)];

    /// <summary>A time that a column can hold.</summary>
    public static bool Holds(long timeUs) => timeUs is >= TimeUsMin and <= TimeUsMax;
}
