namespace Kafka.Stock.Contracts;

/// <summary>How far a source has been published: where an Ingestor goes on after a restart.</summary>
/// <param name="Source">Who delivers.</param>
/// <param name="Symbol">As traded; the Kafka key is <c>source/symbol</c>.</param>
/// <param name="EventTimeUs">Event time of the last record, microseconds since 1970 UTC.</param>
/// <param name="Sequence">Its sequence number.</param>
public readonly record struct IngestPosition(string Source, string Symbol, long EventTimeUs, long Sequence)
    : IAvroRecord<IngestPosition>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.IngestPosition";

    /// <inheritdoc/>
    public static void Write(in IngestPosition value, ref AvroWriter writer)
    {
        writer.WriteString(value.Source);
        writer.WriteString(value.Symbol);
        writer.WriteLong(value.EventTimeUs);
        writer.WriteLong(value.Sequence);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref IngestPosition value) =>
        value = new IngestPosition(
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadLong(),
            reader.ReadLong());
}
