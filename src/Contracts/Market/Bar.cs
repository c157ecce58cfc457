namespace Kafka.Stock.Contracts;

/// <summary>A final bar of a series.</summary>
/// <param name="Series">Whose bar it is.</param>
/// <param name="StartUs">Start, microseconds since 1970 UTC.</param>
/// <param name="EndUs">End, microseconds since 1970 UTC; order and labels go by it.</param>
/// <param name="Open">First price, dollars a share.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares.</param>
/// <param name="Ticks">Trades in it; 0 for a bar that the source delivered whole.</param>
public readonly record struct Bar(
    SeriesId Series, long StartUs, long EndUs, Price Open, Price High, Price Low, Price Close, long Volume, long Ticks)
    : IAvroRecord<Bar>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.Bar";

    /// <inheritdoc/>
    public static void Write(in Bar value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteLong(value.StartUs);
        writer.WriteLong(value.EndUs);
        writer.WritePrice(value.Open);
        writer.WritePrice(value.High);
        writer.WritePrice(value.Low);
        writer.WritePrice(value.Close);
        writer.WriteLong(value.Volume);
        writer.WriteLong(value.Ticks);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref Bar value) =>
        value = new Bar(
            reader.ReadSeries(names),
            reader.ReadLong(),
            reader.ReadLong(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadPrice(),
            reader.ReadLong(),
            reader.ReadLong());
}
