using Kafka.Stock.Contracts;

namespace Kafka.Stock.TestKit;

/// <summary>What a fold published, decoded, in order.</summary>
public sealed class RecordedLog
{
    readonly List<(Topic Topic, string SchemaName, byte[] Body)> _records = [];
    readonly NamePool _names = new();

    public RecordedLog() => Output = new EncodingOutput(Receive);

    /// <summary>What the fold is given to publish to.</summary>
    public EncodingOutput Output { get; }

    /// <summary>Everything, as bytes.</summary>
    public IReadOnlyList<(Topic Topic, string SchemaName, byte[] Body)> Records => _records;

    /// <summary>The records of one kind, decoded.</summary>
    public IReadOnlyList<TRecord> Of<TRecord>()
        where TRecord : IAvroRecord<TRecord>
    {
        var found = new List<TRecord>();
        foreach (var (_, schema, body) in _records)
        {
            if (schema != TRecord.SchemaName) continue;
            TRecord? value = default;
            AvroBody.Read(body, _names, ref value);
            found.Add(value!);
        }

        return found;
    }

    /// <summary>Forgets what has been recorded.</summary>
    public void Clear() => _records.Clear();

    void Receive(Topic topic, in LogRecord record) => _records.Add((topic, record.SchemaName, record.Body.ToArray()));
}
