namespace Kafka.Stock.Contracts;

/// <summary>Where a fold's results go: a Kafka producer, nothing at all while a restore is muted, or the next fold of a backtest.</summary>
public interface IOutput
{
    /// <summary>Publishes a record under the key <paramref name="symbol"/>. The record is read before the call returns, so it may
    /// be reused.</summary>
    void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>;

    /// <summary>Counts an event that isn't a record, such as a late tick. Never part of what a fold decides.</summary>
    void Count(FoldEvent what);
}
