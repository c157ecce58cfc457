namespace Kafka.Stock.Contracts;

/// <summary>A split or dividend. A fold rescales the history that it holds of the series of (symbol, source).</summary>
/// <param name="Symbol">As traded; also the Kafka key.</param>
/// <param name="Source">Who delivered it; it touches series of this source only.</param>
/// <param name="Kind">What happened.</param>
/// <param name="EffectiveUs">Start of the first trading day at the new price, microseconds since 1970 UTC.</param>
/// <param name="PriceFactor">Earlier prices times this are comparable with later ones: 1/7 for a 7-for-1 split. Finite, above 0.</param>
/// <param name="VolumeFactor">The same for volumes: 7 for a 7-for-1 split, 1 for a dividend. Finite, above 0.</param>
/// <param name="Sequence">Rises by record within (symbol, source).</param>
public readonly record struct CorporateAction(
    string Symbol, string Source, CorporateActionKind Kind, long EffectiveUs, double PriceFactor, double VolumeFactor, long Sequence)
    : IAvroRecord<CorporateAction>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.CorporateAction";

    /// <inheritdoc/>
    public static void Write(in CorporateAction value, ref AvroWriter writer)
    {
        writer.WriteString(value.Symbol);
        writer.WriteString(value.Source);
        writer.WriteEnum((int)value.Kind, 2);
        writer.WriteLong(value.EffectiveUs);
        writer.WriteFiniteDouble(value.PriceFactor);
        writer.WriteFiniteDouble(value.VolumeFactor);
        writer.WriteLong(value.Sequence);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref CorporateAction value) =>
        value = new CorporateAction(
            reader.ReadString(names),
            reader.ReadString(names),
            (CorporateActionKind)reader.ReadEnum(2),
            reader.ReadLong(),
            reader.ReadFiniteDouble(),
            reader.ReadFiniteDouble(),
            reader.ReadLong());
}
