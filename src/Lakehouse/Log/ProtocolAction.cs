using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a program must understand to read or write the table.</summary>
/// <param name="MinReaderVersion">Readers below it must not read.</param>
/// <param name="MinWriterVersion">Writers below it must not write.</param>
public sealed record ProtocolAction(int MinReaderVersion, int MinWriterVersion) : LogAction
{
    /// <summary>What tables made here ask for.</summary>
    public static ProtocolAction Own { get; } = new(ProtocolSupport.ReaderVersion, ProtocolSupport.WriterVersion);

    /// <summary>Named features, from reader version 3 on; as written.</summary>
    public ImmutableArray<string> ReaderFeatures { get; init; } = [];

    /// <summary>Named features, from writer version 7 on; as written.</summary>
    public ImmutableArray<string> WriterFeatures { get; init; } = [];
}
