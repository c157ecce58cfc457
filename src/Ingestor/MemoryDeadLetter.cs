namespace Kafka.Stock.Ingestor;

/// <summary>A dead letter that a <see cref="MemorySink"/> was given.</summary>
/// <param name="Key">Symbol, or name of the file.</param>
/// <param name="Bytes">The line as it came.</param>
/// <param name="Where">File and line.</param>
/// <param name="Found">What was there.</param>
/// <param name="Expected">What should have been there.</param>
public sealed record MemoryDeadLetter(string Key, byte[] Bytes, string Where, string Found, string Expected);
