namespace Kafka.Stock.Contracts;

/// <summary>A record that can't be read or makes no sense, as a function of its bytes alone: it becomes a dead letter.</summary>
public sealed class RecordDefectException(string where, string found, string expected, Exception? cause = null)
    : StockException(Verdict.Skip, where, found, expected, cause);
