namespace Kafka.Stock.Ingestor;

/// <summary>Something wrong with a file.</summary>
/// <param name="Where">File and line, or the file.</param>
/// <param name="Found">What was there.</param>
/// <param name="Expected">What should have been there.</param>
public sealed record FileProblem(string Where, string Found, string Expected);
