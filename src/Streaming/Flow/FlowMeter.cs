namespace Kafka.Stock.Streaming;

/// <summary>How far one consumer has read a topic, for the <see cref="FlowGate"/>. Disposed, it holds nobody up any more.</summary>
public sealed class FlowMeter : IDisposable
{
    readonly FlowHop _hop;
    long _consumed;
    int _users;

    internal FlowMeter(FlowHop hop, string name)
    {
        _hop = hop;
        Name = name;
    }

    /// <summary>Name of the consumer.</summary>
    public string Name { get; }

    internal long Consumed => Interlocked.Read(ref _consumed);

    internal bool IsActive => Volatile.Read(ref _users) > 0;

    /// <summary>Counts a record that has been read.</summary>
    /// <param name="sizeBytes">Bytes of its key and value.</param>
    public void Add(int sizeBytes)
    {
        Interlocked.Add(ref _consumed, sizeBytes + FlowGate.RecordOverheadBytes);
        _hop.Progressed();
    }

    internal void Activate() => Interlocked.Increment(ref _users);

    /// <summary>Takes the consumer out of the reckoning; registered again by name it goes on where it stopped.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) <= 0) _hop.Wake();
    }
}
