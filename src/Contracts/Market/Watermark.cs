namespace Kafka.Stock.Contracts;

/// <summary>A source's word that nothing before <paramref name="TimeUs"/> comes any more for this symbol: only it closes windows.</summary>
/// <param name="Symbol">As traded; also the Kafka key.</param>
/// <param name="Source">Who gives the word.</param>
/// <param name="TimeUs">Microseconds since 1970 UTC.</param>
/// <param name="Sequence">Rises by record within (symbol, source).</param>
public readonly record struct Watermark(string Symbol, string Source, long TimeUs, long Sequence)
    : IAvroRecord<Watermark>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.Watermark";

    /// <inheritdoc/>
    public static void Write(in Watermark value, ref AvroWriter writer)
    {
        writer.WriteString(value.Symbol);
        writer.WriteString(value.Source);
        writer.WriteLong(value.TimeUs);
        writer.WriteLong(value.Sequence);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref Watermark value) =>
        value = new Watermark(
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadLong(),
            reader.ReadLong());
}
