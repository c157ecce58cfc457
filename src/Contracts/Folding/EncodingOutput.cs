using System.Buffers;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>Hands each published record on as the bytes that a log would hold: to the next fold of a backtest, or to a test.</summary>
/// <param name="receive">Given topic, record (offsets count up by topic) and nothing to keep: the bytes are reused.</param>
public sealed class EncodingOutput(EncodingOutput.Receiver receive) : IOutput
{
    readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    readonly Dictionary<Topic, long> _offsets = [];
    readonly long[] _counts = new long[Enum.GetValues<FoldEvent>().Length];
    byte[] _key = new byte[64];

    /// <summary>Takes a record; its bytes are valid during the call only.</summary>
    public delegate void Receiver(Topic topic, in LogRecord record);

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        // The receiver may publish in its turn, through its own output: this buffer is free again when it returns.
        _buffer.ResetWrittenCount();
        var writer = new AvroWriter(_buffer);
        TRecord.Write(record, ref writer);
        writer.Flush();
        var length = Encoding.UTF8.GetByteCount(symbol);
        if (length > _key.Length) _key = new byte[length];
        Encoding.UTF8.GetBytes(symbol, _key);
        var offset = _offsets.GetValueOrDefault(topic);
        _offsets[topic] = offset + 1;
        receive(topic, new LogRecord(TRecord.SchemaName, _key.AsSpan(0, length), _buffer.WrittenSpan, offset));
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => _counts[(int)what]++;

    /// <summary>How often something was counted.</summary>
    public long Counted(FoldEvent what) => _counts[(int)what];
}
