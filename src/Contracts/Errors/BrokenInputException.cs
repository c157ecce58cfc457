namespace Kafka.Stock.Contracts;

/// <summary>Input that can't be read at all: exit code 4.</summary>
public sealed class BrokenInputException(string where, string found, string expected, Exception? cause = null)
    : StockException(Verdict.Stop, where, found, expected, cause);
