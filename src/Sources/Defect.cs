namespace Kafka.Stock.Sources;

/// <summary>Why something was refused, in words. The place (file and line) is added by who read it.</summary>
/// <param name="Found">What was there, shortened and printable.</param>
/// <param name="Expected">What should have been there.</param>
public readonly record struct Defect(string Found, string Expected);
