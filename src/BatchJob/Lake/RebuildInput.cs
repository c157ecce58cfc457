namespace Kafka.Stock.BatchJob;

/// <summary>What a rebuild reads: the records of bronze that it hasn't folded, and the layers as they were.</summary>
/// <param name="Market">Relation of bronze/market.</param>
/// <param name="MarketCondition">Which records.</param>
/// <param name="Raw">Relation of bronze/raw; null where there is no such table.</param>
/// <param name="RawCondition">Which payloads.</param>
/// <param name="OldBars">Relation of silver/bars; null in a full rebuild.</param>
/// <param name="Carried">The states to go on from; null in a full rebuild.</param>
sealed record RebuildInput(
    string Market, string MarketCondition, string? Raw, string RawCondition, string? OldBars, CarriedState? Carried);
