namespace Kafka.Stock.Contracts;

/// <summary>An epoch begins: what the fold's results depend on besides its input.</summary>
/// <param name="Epoch">Hash of fold version, options and seed.</param>
/// <param name="Options">The options as text, so that a change can be named.</param>
public sealed record FoldEpoch(long Epoch, string Options)
    : IAvroRecord<FoldEpoch>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.FoldEpoch";

    /// <inheritdoc/>
    public static void Write(in FoldEpoch value, ref AvroWriter writer)
    {
        writer.WriteLong(value.Epoch);
        writer.WriteString(value.Options);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref FoldEpoch? value) =>
        value = new FoldEpoch(
            reader.ReadLong(),
            reader.ReadString());
}
