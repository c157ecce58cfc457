namespace Kafka.Stock.Contracts;

/// <summary>An input record that an operator told the fold to leave out: every later fold does the same.</summary>
/// <param name="Offset">Offset of the record in the input.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record FoldSkip(long Offset, string Reason)
    : IAvroRecord<FoldSkip>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.FoldSkip";

    /// <inheritdoc/>
    public static void Write(in FoldSkip value, ref AvroWriter writer)
    {
        writer.WriteLong(value.Offset);
        writer.WriteString(value.Reason);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref FoldSkip? value) =>
        value = new FoldSkip(
            reader.ReadLong(),
            reader.ReadString());
}
