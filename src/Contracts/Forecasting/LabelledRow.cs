namespace Kafka.Stock.Contracts;

/// <summary>One row to learn from: features of a bar, and the label that its target gave when it closed.</summary>
public sealed class LabelledRow
{
    /// <summary>The fewest bytes that a row takes: two varints, four doubles, an empty array.</summary>
    internal const int MinBytes = 2 + (4 * sizeof(double)) + 1;

    /// <summary>End of the row's bar, microseconds since 1970 UTC.</summary>
    public long BarEndUs { get; set; }

    /// <summary>End of the bar that gave the label.</summary>
    public long TargetEndUs { get; set; }

    /// <summary>Close of the row's bar in dollars, rescaled by the corporate actions since.</summary>
    public double Close { get; set; }

    /// <summary>Close of the target bar in dollars.</summary>
    public double TargetClose { get; set; }

    /// <summary>Label: ln(target close) - ln(close).</summary>
    public double TargetReturn { get; set; }

    /// <summary>Running range-based scale s(t) of one bar's return, known at the row's bar, at least 1e-4.</summary>
    public double Scale { get; set; }

    /// <summary>[width] exact feature bits.</summary>
    public float[] Features { get; set; } = [];

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteLong(BarEndUs);
        writer.WriteLong(TargetEndUs);
        writer.WriteFiniteDouble(Close);
        writer.WriteFiniteDouble(TargetClose);
        writer.WriteFiniteDouble(TargetReturn);
        writer.WriteFiniteDouble(Scale);
        AvroArrays.Write(ref writer, Features);
    }

    internal void Read(ref AvroReader reader)
    {
        BarEndUs = reader.ReadLong();
        TargetEndUs = reader.ReadLong();
        Close = reader.ReadFiniteDouble();
        TargetClose = reader.ReadFiniteDouble();
        TargetReturn = reader.ReadFiniteDouble();
        Scale = reader.ReadFiniteDouble();
        Features = AvroArrays.ReadFloats(ref reader, Features);
    }
}
