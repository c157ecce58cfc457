namespace Kafka.Stock.Contracts;

/// <summary>How an interval did.</summary>
/// <param name="Level">Coverage promised.</param>
/// <param name="Kind">How the interval came about.</param>
/// <param name="Hit">The actual close lay within; an unbounded interval is always hit.</param>
/// <param name="Winkler">Winkler score in log returns: width + 2/alpha x distance outside; null when unbounded.</param>
public readonly record struct IntervalScore(double Level, IntervalKind Kind, bool Hit, double? Winkler)
{
    /// <summary>The fewest bytes that one takes: a double, an enum, a boolean, a null.</summary>
    internal const int MinBytes = sizeof(double) + 3;

    internal static IntervalScore Read(ref AvroReader reader) => new(
        reader.ReadFiniteDouble(), (IntervalKind)reader.ReadEnum(4), reader.ReadBoolean(), reader.ReadNullableDouble());

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteFiniteDouble(Level);
        writer.WriteEnum((int)Kind, 4);
        writer.WriteBoolean(Hit);
        writer.WriteNullableDouble(Winkler);
    }
}
