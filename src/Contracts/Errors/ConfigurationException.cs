namespace Kafka.Stock.Contracts;

/// <summary>Wrong usage or configuration: exit code 2.</summary>
public sealed class ConfigurationException(string where, string found, string expected, Exception? cause = null)
    : StockException(Verdict.Stop, where, found, expected, cause);
