namespace Kafka.Stock.Contracts;

/// <summary>Where a fold stands: this, not the consumer group's offset, is what a restore goes by.</summary>
/// <param name="NextOffset">Offset of the first input record that hasn't been folded.</param>
/// <param name="Epoch">Epoch that it was folded under.</param>
public readonly record struct FoldProgress(long NextOffset, long Epoch)
    : IAvroRecord<FoldProgress>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.FoldProgress";

    /// <inheritdoc/>
    public static void Write(in FoldProgress value, ref AvroWriter writer)
    {
        writer.WriteLong(value.NextOffset);
        writer.WriteLong(value.Epoch);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref FoldProgress value) =>
        value = new FoldProgress(
            reader.ReadLong(),
            reader.ReadLong());
}
