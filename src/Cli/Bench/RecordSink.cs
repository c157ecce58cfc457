using System.Buffers;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Keeps what an ingest publishes, so that a bench can lay it out again and again: each time a week later.</summary>
sealed class RecordSink : IMarketSink
{
    const long WeekUs = 7 * 86_400_000_000;
    readonly List<Tick> _ticks = [];
    readonly List<(int After, Watermark Watermark)> _watermarks = [];

    public int Ticks => _ticks.Count;

    public void Publish(in Tick tick) => _ticks.Add(tick);

    public void Publish(in Watermark watermark) => _watermarks.Add((_ticks.Count, watermark));

    public void Publish(in SourceBar bar) => throw new NotSupportedException("the bench folds trades");

    public void Publish(in ReferenceBar bar) => throw new NotSupportedException("the bench folds trades");

    public void Publish(in CorporateAction action) => throw new NotSupportedException("the bench folds trades");

    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        throw new BrokenInputException(where, found, expected);

    public void Position(in IngestPosition position)
    {
        // A bench never resumes.
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The log of so many weeks with the same trades, encoded.</summary>
    public IReadOnlyList<(string Schema, byte[] Key, byte[] Body)> Repeated(int weeks)
    {
        var log = new List<(string, byte[], byte[])>((_ticks.Count + _watermarks.Count) * weeks);
        var buffer = new ArrayBufferWriter<byte>(128);
        var sequence = 0L;
        for (var week = 0; week < weeks; week++)
        {
            var next = 0;
            for (var i = 0; i <= _ticks.Count; i++)
            {
                for (; next < _watermarks.Count && _watermarks[next].After == i; next++)
                {
                    var mark = _watermarks[next].Watermark;
                    log.Add(Encode(mark.Symbol, mark with { TimeUs = mark.TimeUs + (week * WeekUs), Sequence = ++sequence }, buffer));
                }

                if (i == _ticks.Count) break;
                var tick = _ticks[i];
                log.Add(Encode(tick.Symbol, tick with { EventTimeUs = tick.EventTimeUs + (week * WeekUs), Sequence = ++sequence }, buffer));
            }
        }

        return log;
    }

    static (string, byte[], byte[]) Encode<TRecord>(string symbol, in TRecord record, ArrayBufferWriter<byte> buffer)
        where TRecord : IAvroRecord<TRecord>
    {
        buffer.ResetWrittenCount();
        AvroBody.Write(record, buffer);
        return (TRecord.SchemaName, Encoding.UTF8.GetBytes(symbol), buffer.WrittenSpan.ToArray());
    }
}
