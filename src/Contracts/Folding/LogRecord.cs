namespace Kafka.Stock.Contracts;

/// <summary>One record of a fold's input, as it lies in the log. No partition: nothing that a fold computes may depend on it.</summary>
/// <param name="schemaName">Full name of the record's Avro schema, the same string instance for the same schema.</param>
/// <param name="key">The Kafka key: the symbol in UTF-8.</param>
/// <param name="body">The Avro body, without the registry's prefix.</param>
/// <param name="offset">Offset in its partition: for error messages, and for what a snapshot covers.</param>
public readonly ref struct LogRecord(string schemaName, ReadOnlySpan<byte> key, ReadOnlySpan<byte> body, long offset)
{
    /// <summary>Full name of the record's Avro schema, for example <c>kafka.stock.Tick</c>.</summary>
    public string SchemaName { get; } = schemaName;

    /// <summary>The symbol in UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>The Avro body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Offset in its partition.</summary>
    public long Offset { get; } = offset;
}
