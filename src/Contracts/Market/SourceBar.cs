namespace Kafka.Stock.Contracts;

/// <summary>A bar as a source delivered it, not built by us.</summary>
/// <param name="Symbol">As traded; also the Kafka key.</param>
/// <param name="Source">Who delivered it.</param>
/// <param name="Interval">As <see cref="BarInterval"/> writes it.</param>
/// <param name="StartUs">Start, microseconds since 1970 UTC: a daily bar starts at its session's open.</param>
/// <param name="EndUs">End, microseconds since 1970 UTC: a daily bar ends at its session's close. Order and labels go by it.</param>
/// <param name="Open">First price, dollars a share.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares, at least 0.</param>
/// <param name="Sequence">Rises by record within (symbol, source).</param>
public readonly record struct SourceBar(
    string Symbol, string Source, string Interval, long StartUs, long EndUs,
    Price Open, Price High, Price Low, Price Close, long Volume, long Sequence)
    : IAvroRecord<SourceBar>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.SourceBar";

    /// <inheritdoc/>
    public static void Write(in SourceBar value, ref AvroWriter writer)
    {
        writer.WriteString(value.Symbol);
        writer.WriteString(value.Source);
        writer.WriteString(value.Interval);
        writer.WriteLong(value.StartUs);
        writer.WriteLong(value.EndUs);
        writer.WritePrice(value.Open);
        writer.WritePrice(value.High);
        writer.WritePrice(value.Low);
        writer.WritePrice(value.Close);
        writer.WriteLong(value.Volume);
        writer.WriteLong(value.Sequence);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref SourceBar value) =>
        value = new SourceBar(
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadLong(),
            reader.ReadLong(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadLong(),
            reader.ReadLong());
}
