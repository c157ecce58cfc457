namespace Kafka.Stock.Contracts;

/// <summary>One thing that a reader's schema can't read of what a writer's schema allows.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">JSON pointer into the reader's schema, with the branch's number where the writer has a union.</param>
/// <param name="Message">A sentence: what the writer has, what the reader would need.</param>
public sealed record AvroIncompatibility(AvroIncompatibilityKind Kind, string Path, string Message);
