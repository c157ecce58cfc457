namespace Kafka.Stock.Contracts;

/// <summary>A bar of the market reference, sent to every partition before the bars of the same end.</summary>
/// <param name="Bar">The bar, as its source delivered it; its symbol is the reference's.</param>
public readonly record struct ReferenceBar(SourceBar Bar) : IAvroRecord<ReferenceBar>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.ReferenceBar";

    /// <inheritdoc/>
    public static void Write(in ReferenceBar value, ref AvroWriter writer) => SourceBar.Write(value.Bar, ref writer);

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref ReferenceBar value)
    {
        var bar = value.Bar;
        SourceBar.Read(ref reader, names, ref bar);
        value = new ReferenceBar(bar);
    }
}
