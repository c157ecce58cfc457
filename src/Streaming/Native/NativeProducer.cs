using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>A producer on librdkafka itself. It copies each record at once, and hears of a delivery only when it has failed.</summary>
/// <remarks>The managed client allows no reports of failures alone: it allocates for each record, or never learns of a loss.
/// One thread calls; callbacks run inside <see cref="Poll"/> and <see cref="TryFlush"/>, on that thread.</remarks>
sealed unsafe class NativeProducer : IDisposable
{
    readonly Dictionary<string, nint> _topics = [];
    readonly GCHandle _self;
    nint _client;
    string? _lastTopicName;
    nint _lastTopic;
    StreamException? _failure;
    string? _lastError;

    public NativeProducer(KafkaOptions options, string clientId)
    {
        using var conf = new NativeConf();
        foreach (var (name, value) in ClientSettings.Producer(options, clientId)) conf.Set(name, value);
        conf.Set("delivery.report.only.error", "true");
        _self = GCHandle.Alloc(this);
        conf.SetCallbacks(&OnDelivery, &OnError, GCHandle.ToIntPtr(_self));
        try
        {
            _client = conf.NewProducer();
        }
        catch
        {
            _self.Free();
            throw;
        }
    }

    /// <summary>The first record that couldn't be delivered, or the client's own end. From then on nothing may be committed.</summary>
    public StreamException? Failure => _failure;

    /// <summary>Records that are neither delivered nor given up.</summary>
    public int InFlight => NativeMethods.OutQueueLength(_client);

    /// <summary>Hands a record over; it is copied before the call returns.</summary>
    /// <returns>0, or the code of the error: the queue is full, or the record is too large.</returns>
    public int TryProduce(string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var handle = HandleOf(topic);
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            var refused = NativeMethods.Produce(
                handle, partition, NativeMethods.CopyPayload, valueBytes, (nuint)value.Length, keyBytes, (nuint)key.Length, 0);
            return refused == 0 ? 0 : NativeMethods.LastError();
        }
    }

    /// <summary>Hands a record with headers over; null stays null, and empty stays empty.</summary>
    public int TryProduce(string topic, byte[]? key, byte[]? value, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var handle = HandleOf(topic);
        var list = NativeMethods.HeadersNew((nuint)headers.Count);
        foreach (var (name, text) in headers) AddHeader(list, name, text);
        byte empty = 0;
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            var keyStart = key is { Length: 0 } ? &empty : keyBytes;
            var valueStart = value is { Length: 0 } ? &empty : valueBytes;
            var fields = stackalloc NativeField[6];
            fields[0] = new NativeField { Type = NativeField.TypeTopic, Pointer = handle };
            fields[1] = new NativeField { Type = NativeField.TypePartition, Number = NativeMethods.AnyPartition };
            fields[2] = new NativeField { Type = NativeField.TypeFlags, Number = NativeMethods.CopyPayload };
            fields[3] = new NativeField { Type = NativeField.TypeKey, Pointer = (nint)keyStart, Size = (nuint)(key?.Length ?? 0) };
            fields[4] = new NativeField { Type = NativeField.TypeValue, Pointer = (nint)valueStart, Size = (nuint)(value?.Length ?? 0) };
            fields[5] = new NativeField { Type = NativeField.TypeHeaders, Pointer = list };
            var error = NativeMethods.ProduceFields(_client, fields, 6);
            if (error == 0) return 0;
            var code = NativeMethods.ErrorCodeOf(error);
            NativeMethods.ErrorDestroy(error);
            NativeMethods.HeadersDestroy(list);
            return code;
        }
    }

    /// <summary>Serves callbacks, waiting for one at most so long.</summary>
    public void Poll(int timeoutMs) => _ = NativeMethods.Poll(_client, timeoutMs);

    /// <summary>Sends what waits, without lingering.</summary>
    /// <returns>True when everything has been delivered or given up.</returns>
    public bool TryFlush(int timeoutMs) => NativeMethods.Flush(_client, timeoutMs) == 0;

    /// <summary>What the client last complained about, for messages.</summary>
    public string? LastError => _lastError;

    /// <summary>Ends the client; what isn't delivered is given up.</summary>
    public void Dispose()
    {
        if (_client == 0) return;
        const int QueuedAndInFlight = 3;
        _ = NativeMethods.Purge(_client, QueuedAndInFlight);
        foreach (var topic in _topics.Values) NativeMethods.TopicDestroy(topic);
        NativeMethods.Destroy(_client);
        _client = 0;
        _self.Free();
    }

    nint HandleOf(string topic)
    {
        ObjectDisposedException.ThrowIf(_client == 0, this);
        if (ReferenceEquals(topic, _lastTopicName)) return _lastTopic;
        if (!_topics.TryGetValue(topic, out var handle))
        {
            handle = NativeMethods.TopicNew(_client, topic, 0);
            if (handle == 0) throw ClientErrors.ToException($"topic {topic}", NativeMethods.LastError(), "a topic that can be written");
            _topics.Add(topic, handle);
        }

        _lastTopicName = topic;
        _lastTopic = handle;
        return handle;
    }

    static void AddHeader(nint list, string name, string text)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var valueBytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* first = nameBytes, second = valueBytes)
        {
            _ = NativeMethods.HeaderAdd(list, first, nameBytes.Length, second, valueBytes.Length);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnDelivery(nint client, NativeMessage* message, nint opaque)
    {
        if (message->Error == 0 || GCHandle.FromIntPtr(opaque).Target is not NativeProducer self) return;
        var topic = NativeMethods.Text(NativeMethods.TopicName(message->Topic));
        var where = message->Partition < 0 ? topic : string.Create(null, $"{topic}[{message->Partition}]");
        self._failure ??= ClientErrors.ToException(where, message->Error, "a record that is delivered", self._lastError);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnError(nint client, int code, byte* reason, nint opaque)
    {
        const int Fatal = -150;
        if (GCHandle.FromIntPtr(opaque).Target is not NativeProducer self) return;
        self._lastError = NativeMethods.Text((nint)reason);
        if (code == Fatal) self._failure ??= ClientErrors.ToException("producer", code, "a producer that works", self._lastError);
    }
}
