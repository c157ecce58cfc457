using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Holds records back at each month end of event time until somebody has done what is due there.</summary>
/// <param name="inner">Where the records go.</param>
/// <param name="months">Finds the month ends.</param>
/// <param name="atMonthEnd">Does what is due, given the month end and the records published before it.</param>
sealed class MonthEndSink(IMarketSink inner, MonthEnds months, Func<long, long, CancellationToken, Task> atMonthEnd) : IMarketSink
{
    long _records;

    public void Publish(in Tick tick)
    {
        _records++;
        inner.Publish(tick);
    }

    public void Publish(in SourceBar bar)
    {
        _records++;
        inner.Publish(bar);
    }

    public void Publish(in ReferenceBar bar) => inner.Publish(bar);

    public void Publish(in Watermark watermark) => inner.Publish(watermark);

    public void Publish(in CorporateAction action) => inner.Publish(action);

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        inner.DeadLetter(key, bytes, where, found, expected);

    public void Position(in IngestPosition position) => inner.Position(position);

    public async ValueTask WaitForTimeAsync(long eventTimeUs, CancellationToken cancellation)
    {
        if (months.TryPass(eventTimeUs, out var monthEndUs)) await atMonthEnd(monthEndUs, _records, cancellation);
        await inner.WaitForTimeAsync(eventTimeUs, cancellation);
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => inner.WaitForRoomAsync(cancellation);
}
