namespace Kafka.Stock.Contracts;

/// <summary>How an interval did.</summary>
/// <param name="Level">Coverage promised.</param>
/// <param name="Kind">How the interval came about.</param>
/// <param name="Hit">The actual close lay within; an unbounded interval is always hit.</param>
/// <param name="Winkler">Winkler score in log returns: width + 2/alpha x distance outside; null when unbounded.</param>
/// <param name="Coverage">Share of hits of the series so far, this one included.</param>
/// <param name="CoverageBound">How far the coverage can lie from the level by the theorem of the intervals.</param>
public readonly record struct IntervalScore(
    double Level, IntervalKind Kind, bool Hit, double? Winkler, double Coverage = 0, double CoverageBound = 1)
{
    /// <summary>The fewest bytes that one takes: three doubles, an enum, a boolean, a null.</summary>
    internal const int MinBytes = (3 * sizeof(double)) + 3;

    internal static IntervalScore Read(ref AvroReader reader) => new(
        reader.ReadFiniteDouble(), (IntervalKind)reader.ReadEnum(4), reader.ReadBoolean(), reader.ReadNullableDouble(),
        reader.ReadFiniteDouble(), reader.ReadFiniteDouble());

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteFiniteDouble(Level);
        writer.WriteEnum((int)Kind, 4);
        writer.WriteBoolean(Hit);
        writer.WriteNullableDouble(Winkler);
        writer.WriteFiniteDouble(Coverage);
        writer.WriteFiniteDouble(CoverageBound);
    }
}
