namespace Kafka.Stock.Contracts;

/// <summary>How sure one may be that a strategy is better than another: wealth of an e-process over days that starts with 1; 20 is
/// evidence at 5 %, whenever one looks.</summary>
/// <param name="Strategy"><c>naive</c>, <c>drift</c>, <c>online</c>, and so on.</param>
/// <param name="Days">Days with scores so far.</param>
/// <param name="Rows">Scores of those days, over all series.</param>
/// <param name="ENaive">Wealth against naive, finite and above 0; null for naive itself.</param>
/// <param name="ENaiveMax">The largest that it has been.</param>
/// <param name="EOnline">Wealth against online, finite and above 0; null for online itself.</param>
/// <param name="EOnlineMax">The largest that it has been.</param>
public sealed record StrategyEvidence(
    string Strategy, int Days, long Rows, double? ENaive, double? ENaiveMax, double? EOnline, double? EOnlineMax)
{
    /// <summary>The fewest bytes that one takes: a name, two numbers and four nulls of length 1.</summary>
    internal const int MinBytes = 7;

    internal static StrategyEvidence Read(ref AvroReader reader, NamePool names) => new(
        reader.ReadString(names), reader.ReadInt(), reader.ReadLong(), reader.ReadNullableDouble(), reader.ReadNullableDouble(),
        reader.ReadNullableDouble(), reader.ReadNullableDouble());

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteString(Strategy);
        writer.WriteInt(Days);
        writer.WriteLong(Rows);
        writer.WriteNullableDouble(ENaive);
        writer.WriteNullableDouble(ENaiveMax);
        writer.WriteNullableDouble(EOnline);
        writer.WriteNullableDouble(EOnlineMax);
    }
}
