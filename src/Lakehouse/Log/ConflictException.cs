using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Another commit came in between and changed what this one was built upon: read the table anew and decide again.</summary>
public sealed class ConflictException(string where, string found, string expected, Exception? cause = null)
    : StockException(Verdict.Retry, where, found, expected, cause);
