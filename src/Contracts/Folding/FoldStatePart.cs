namespace Kafka.Stock.Contracts;

/// <summary>A part of the state of one series, as the changelog keeps it.</summary>
/// <param name="Series">Whose state it is.</param>
/// <param name="Slot">Which part: 0 is the header, the others are the fold's own.</param>
/// <param name="CoveredOffset">Offset of the last input record whose effect is in it.</param>
/// <param name="FormatVersion">Version of the layout of <paramref name="Bytes"/>; an unknown one is refused.</param>
/// <param name="Fingerprint">Fingerprint of the feature pipeline that the state was made with.</param>
/// <param name="Bytes">The part, in the fold's own layout.</param>
public sealed record FoldStatePart(
    SeriesId Series, int Slot, long CoveredOffset, int FormatVersion, long Fingerprint, ReadOnlyMemory<byte> Bytes)
    : IAvroRecord<FoldStatePart>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.FoldStatePart";

    /// <inheritdoc/>
    public static void Write(in FoldStatePart value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteInt(value.Slot);
        writer.WriteLong(value.CoveredOffset);
        writer.WriteInt(value.FormatVersion);
        writer.WriteLong(value.Fingerprint);
        writer.WriteBytes(value.Bytes.Span);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref FoldStatePart? value) =>
        value = new FoldStatePart(
            reader.ReadSeries(names),
            reader.ReadInt(),
            reader.ReadLong(),
            reader.ReadInt(),
            reader.ReadLong(),
            reader.ReadBytes().ToArray());
}
