namespace Kafka.Stock.Contracts;

/// <summary>A payload as it was received, before anybody understood it.</summary>
/// <param name="Symbol">What was asked for; the Kafka key.</param>
/// <param name="Source">Who answered.</param>
/// <param name="FetchedAtUs">When, microseconds since 1970 UTC.</param>
/// <param name="ContentType">Media type as sent, for example <c>application/json</c>.</param>
/// <param name="Payload">The bytes.</param>
public sealed record RawPayload(string Symbol, string Source, long FetchedAtUs, string ContentType, ReadOnlyMemory<byte> Payload)
    : IAvroRecord<RawPayload>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.RawPayload";

    /// <inheritdoc/>
    public static void Write(in RawPayload value, ref AvroWriter writer)
    {
        writer.WriteString(value.Symbol);
        writer.WriteString(value.Source);
        writer.WriteLong(value.FetchedAtUs);
        writer.WriteString(value.ContentType);
        writer.WriteBytes(value.Payload.Span);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref RawPayload? value) =>
        value = new RawPayload(
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadLong(),
            reader.ReadString(names),
            reader.ReadBytes().ToArray());
}
