namespace Kafka.Stock.Learning;

/// <summary>Bytes of a saved state that can't be read: truncated, of another layout or of another shape.</summary>
/// <param name="where">What was being read, and at which byte.</param>
/// <param name="found">What stood there.</param>
/// <param name="expected">What should have stood there.</param>
public sealed class StateFormatException(string where, string found, string expected)
    : Exception($"{where}: found {found}; expected {expected}");
