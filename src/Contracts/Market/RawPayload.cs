namespace Kafka.Stock.Contracts;

/// <summary>A payload as it was received, before anybody understood it.</summary>
/// <param name="Symbol">What was asked for; the Kafka key.</param>
/// <param name="Source">Who answered.</param>
/// <param name="FetchedAtUs">When, microseconds since 1970 UTC.</param>
/// <param name="ContentType">Media type as sent, for example <c>application/json</c>.</param>
/// <param name="Payload">The bytes.</param>
public sealed record RawPayload(string Symbol, string Source, long FetchedAtUs, string ContentType, ReadOnlyMemory<byte> Payload);
