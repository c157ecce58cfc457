namespace Kafka.Stock.Streaming;

/// <summary>Something that happened in the runtime and isn't a record: for a log. The number is an address that can be searched and
/// alarmed on.</summary>
/// <param name="Id">2000 to 2999; the list is <see cref="StreamEvents"/>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">One line, without secrets or payloads.</param>
public readonly record struct StreamEvent(int Id, StreamEventLevel Level, string Message);
