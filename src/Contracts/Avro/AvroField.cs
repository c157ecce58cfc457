namespace Kafka.Stock.Contracts;

/// <summary>A field of a record schema.</summary>
public sealed class AvroField
{
    internal AvroField(string name, AvroSchema schema) => (Name, Schema) = (name, schema);

    /// <summary>Name within the record.</summary>
    public string Name { get; }

    /// <summary>Type of its values.</summary>
    public AvroSchema Schema { get; }

    /// <summary>What it is, in words; empty when the schema doesn't say.</summary>
    public string Doc { get; internal init; } = "";

    /// <summary>Other names that a reader takes for it.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; } = [];

    /// <summary>The default as JSON text; null without one.</summary>
    public string? DefaultJson { get; internal init; }

    /// <summary>The default in the binary encoding, by which a reader fills in what the writer didn't know; null without one.</summary>
    public ReadOnlyMemory<byte>? DefaultBody { get; internal set; }

    /// <summary>Where the field stands in the schema's JSON, for messages.</summary>
    internal string Path { get; init; } = "$";
}
