namespace Kafka.Stock.Contracts;

/// <summary>Something understood and declined, such as an unsupported feature: exit code 3.</summary>
public sealed class RefusedException(string where, string found, string expected, Exception? cause = null)
    : StockException(Verdict.Stop, where, found, expected, cause);
