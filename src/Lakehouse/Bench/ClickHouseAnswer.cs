namespace Kafka.Stock.Lakehouse;

/// <summary>What ClickHouse answers.</summary>
/// <param name="Rows">Each value as text; null is <c>ᴺᵁᴸᴸ</c>.</param>
/// <param name="Ms">How long the query took there, without the way to the other process and back.</param>
public sealed record ClickHouseAnswer(IReadOnlyList<string[]> Rows, double Ms);
