namespace Kafka.Stock.Contracts;

/// <summary>A check of the quality gate that some rows broke.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Status"><c>failed</c>, <c>warned</c>, or <c>acknowledged</c>.</param>
/// <param name="Rows">Rows that it was asked of.</param>
/// <param name="Bad">Rows that broke it and weren't acknowledged.</param>
/// <param name="Acknowledged">Rows that broke it and were acknowledged.</param>
/// <param name="Named">The first of the bad rows: series, end, and what was found.</param>
public sealed record GateCheck(string Check, string Status, long Rows, long Bad, long Acknowledged, IReadOnlyList<string> Named)
{
    /// <summary>The fewest bytes that one takes: six of length 1.</summary>
    internal const int MinBytes = 6;

    internal static GateCheck Read(ref AvroReader reader, NamePool names) => new(
        reader.ReadString(names), reader.ReadString(names), reader.ReadLong(), reader.ReadLong(), reader.ReadLong(), ReadNamed(ref reader));

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteString(Check);
        writer.WriteString(Status);
        writer.WriteLong(Rows);
        writer.WriteLong(Bad);
        writer.WriteLong(Acknowledged);
        writer.WriteBlock(Named.Count);
        foreach (var row in Named) writer.WriteString(row);
        writer.WriteBlocksEnd();
    }

    static List<string> ReadNamed(ref AvroReader reader)
    {
        List<string> rows = [];
        while (reader.ReadBlock(1) is var count and > 0)
        {
            for (var i = 0; i < count; i++) rows.Add(reader.ReadString());
        }

        return rows;
    }
}
