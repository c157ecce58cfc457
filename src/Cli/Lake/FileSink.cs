using System.Buffers;
using System.Text;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Takes the records of files into bronze/market without a broker, as one partition of a topic of their own.</summary>
/// <param name="market">The table.</param>
/// <param name="commitRows">Rows of a commit.</param>
sealed class FileSink(BronzeTable market, long commitRows) : IMarketSink
{
    readonly ArrayBufferWriter<byte> _body = new(256);
    readonly byte[] _key = new byte[256];
    long _offset = market.NextOffset(LakeTables.FilesTopic, 0);

    /// <summary>Lines that couldn't be read.</summary>
    public long DeadLetters { get; private set; }

    /// <inheritdoc/>
    public void Publish(in Tick tick) => Add(tick.Symbol, tick);

    /// <inheritdoc/>
    public void Publish(in SourceBar bar) => Add(bar.Symbol, bar);

    /// <inheritdoc/>
    public void Publish(in ReferenceBar bar) => Add(bar.Bar.Symbol, bar);

    /// <inheritdoc/>
    public void Publish(in Watermark watermark) => Add(watermark.Symbol, watermark);

    /// <inheritdoc/>
    public void Publish(in CorporateAction action) => Add(action.Symbol, action);

    /// <inheritdoc/>
    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected)
    {
        DeadLetters++;
        Console.Error.WriteLine($"kstock: {where}: found {found}; expected {expected}");
    }

    /// <summary>Nothing: where a file was left, the table's own rows say.</summary>
    public void Position(in IngestPosition position)
    {
    }

    /// <inheritdoc/>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        if (market.WaitingRows >= commitRows) await market.CommitAsync(cancellation);
    }

    void Add<TRecord>(string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        _body.ResetWrittenCount();
        AvroBody.Write(record, _body);
        market.Add(new LakeRecord
        {
            Topic = LakeTables.FilesTopic,
            Partition = 0,
            Offset = _offset++,
            SchemaName = TRecord.SchemaName,
            Key = _key.AsSpan(0, Encoding.UTF8.GetBytes(symbol, _key)),
            Body = _body.WrittenSpan,
        });
    }
}
