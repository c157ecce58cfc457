namespace Kafka.Stock.Streaming;

/// <summary>One thing that <see cref="StreamDoctor"/> has looked at.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsGood">True when it works here.</param>
/// <param name="Found">What was found, one line.</param>
/// <param name="Mend">How to mend it; empty when it works.</param>
public sealed record StreamFinding(string Name, bool IsGood, string Found, string Mend);
