namespace Kafka.Stock.Contracts;

/// <summary>One trade as a source reported it.</summary>
/// <param name="Symbol">As traded; also the Kafka key.</param>
/// <param name="Source">Who delivered it.</param>
/// <param name="EventTimeUs">Time of the trade, microseconds since 1970 UTC.</param>
/// <param name="Price">Dollars a share, above 0.</param>
/// <param name="Size">Shares, at least 0.</param>
/// <param name="Sequence">Rises by record within (symbol, source): what a fold has seen it doesn't take twice.</param>
public readonly record struct Tick(string Symbol, string Source, long EventTimeUs, Price Price, long Size, long Sequence)
    : IAvroRecord<Tick>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.Tick";

    /// <inheritdoc/>
    public static void Write(in Tick value, ref AvroWriter writer)
    {
        writer.WriteString(value.Symbol);
        writer.WriteString(value.Source);
        writer.WriteLong(value.EventTimeUs);
        writer.WritePrice(value.Price);
        writer.WriteLong(value.Size);
        writer.WriteLong(value.Sequence);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref Tick value) =>
        value = new Tick(
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadLong(),
            reader.ReadPrice(),
            reader.ReadLong(),
            reader.ReadLong());
}
