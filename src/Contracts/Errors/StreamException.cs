namespace Kafka.Stock.Contracts;

/// <summary>The broker, or what lies between: transport, retention, authorisation.</summary>
public sealed class StreamException(Verdict verdict, string where, string found, string expected, Exception? cause = null)
    : StockException(verdict, where, found, expected, cause);
