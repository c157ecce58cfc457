using System.Buffers;
using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Opens the frame of an input record: magic byte, schema id, whether the schema belongs to the topic, and the key to the
/// partition.</summary>
sealed class InputFrames(string role, Topic topic, int partitions, FoldHostOptions options)
{
    const int AskAgainMs = 500;

    int _lastId = -1;
    string _lastName = "";
    AvroResolution? _lastResolution;
    readonly ArrayBufferWriter<byte> _upgraded = new();

    /// <summary>The Avro body, as the newest version of its schema has it, and the name of that.</summary>
    /// <exception cref="RecordDefectException">No value, another magic byte, fewer bytes than a frame has, a type that isn't the
    /// topic's, or a key of another partition.</exception>
    /// <exception cref="StreamException">Nobody knows the schema id, and waiting didn't help.</exception>
    public ReadOnlySpan<byte> Open(InputConsumer record, CancellationToken stopping, out string schema)
    {
        if (record.IsValueNull) throw new RecordDefectException("value", "none", "a framed Avro record");
        var value = record.Value;
        if (!ConfluentFrame.TryRead(value, out var id, out var body)) throw NoFrame(value);
        if (id != _lastId)
        {
            _lastName = Resolve(id, record, stopping);
            _lastResolution = options.ToNewest(id);
            _lastId = id;
        }

        var home = KeyPartition.Of(record.Key, partitions);
        if (home != record.Partition && _lastName != topic.Broadcast) throw Misplaced(record.Partition, home);
        schema = _lastName;
        if (_lastResolution is null) return body;
        _upgraded.ResetWrittenCount();
        _lastResolution.Transcode(body, _upgraded);
        return _upgraded.WrittenSpan;
    }

    string Resolve(int id, InputConsumer record, CancellationToken stopping)
    {
        var name = options.SchemaName(id) ?? Wait(id, record, stopping);
        for (var i = 0; i < topic.Records.Count; i++)
        {
            if (topic.Records[i] == name) return topic.Records[i];
        }

        throw new RecordDefectException("schema", name, string.Join(" or ", topic.Records));
    }

    string Wait(int id, InputConsumer record, CancellationToken stopping)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{topic.Name}[{record.Partition}]@{record.Offset}");
        options.Events?.Invoke(StreamEvents.WaitingForSchema(role, where, id));
        var started = options.Time.GetTimestamp();
        while (true)
        {
            var leftMs = options.UnknownSchemaWaitMs - options.Time.GetElapsedTime(started).TotalMilliseconds;
            if (leftMs <= 0) break;
            stopping.WaitHandle.WaitOne((int)Math.Clamp(leftMs, 1, AskAgainMs));
            stopping.ThrowIfCancellationRequested();
            if (options.SchemaName(id) is { } name) return name;
        }

        throw new StreamException(
            Verdict.Stop, where, string.Create(CultureInfo.InvariantCulture, $"schema id {id}, which nobody knows"),
            "a registered schema: register it and start again, or skip the record");
    }

    static RecordDefectException NoFrame(ReadOnlySpan<byte> value)
    {
        var start = Convert.ToHexString(value[..Math.Min(value.Length, ConfluentFrame.PrefixBytes)]);
        return new RecordDefectException(
            "frame", string.Create(CultureInfo.InvariantCulture, $"{value.Length} bytes that begin with 0x{start}"),
            "a zero byte, a schema id of four bytes, and an Avro body");
    }

    static RecordDefectException Misplaced(int found, int home) => new(
        "key", string.Create(CultureInfo.InvariantCulture, $"partition {found}"),
        string.Create(CultureInfo.InvariantCulture, $"partition {home} by murmur2 of the key: set partitioner=murmur2_random"));
}
