namespace Kafka.Stock.Contracts;

/// <summary>A candidate of a decision.</summary>
/// <param name="Symbol">As traded.</param>
/// <param name="Source">Who delivered the data.</param>
/// <param name="ModelId">SHA-256 of its artefact, lower-case hex.</param>
/// <param name="Rows">Rows that it was trained on.</param>
/// <param name="TrainedUntilUs">End of the last target that it has learnt from, microseconds since 1970 UTC.</param>
public sealed record DecidedModel(string Symbol, string Source, string ModelId, int Rows, long TrainedUntilUs)
{
    /// <summary>The fewest bytes that one takes: four of length 1, a digest.</summary>
    internal const int MinBytes = 4 + 32;

    internal static DecidedModel Read(ref AvroReader reader, NamePool names) => new(
        reader.ReadString(names), reader.ReadString(names), reader.ReadSha256(""), reader.ReadInt(), reader.ReadLong());

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteString(Symbol);
        writer.WriteString(Source);
        writer.WriteSha256(ModelId);
        writer.WriteInt(Rows);
        writer.WriteLong(TrainedUntilUs);
    }
}
