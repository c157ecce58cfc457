namespace Kafka.Stock.Contracts;

/// <summary>A prediction interval of the target's close.</summary>
/// <param name="Level">Coverage promised, for example 0.9.</param>
/// <param name="Lower">Lower bound in dollars; null when unbounded.</param>
/// <param name="Upper">Upper bound in dollars; null when unbounded.</param>
/// <param name="Kind">How it came about.</param>
public readonly record struct ForecastInterval(double Level, double? Lower, double? Upper, IntervalKind Kind)
{
    /// <summary>The fewest bytes that one takes: a double, two nulls, an enum.</summary>
    internal const int MinBytes = sizeof(double) + 3;

    internal static ForecastInterval Read(ref AvroReader reader) => new(
        reader.ReadFiniteDouble(), reader.ReadNullableDouble(), reader.ReadNullableDouble(), (IntervalKind)reader.ReadEnum(4));

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteFiniteDouble(Level);
        writer.WriteNullableDouble(Lower);
        writer.WriteNullableDouble(Upper);
        writer.WriteEnum((int)Kind, 4);
    }
}
