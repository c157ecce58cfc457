using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>What of Delta's protocol is understood here. What isn't in these tables is refused, by name.</summary>
public static class ProtocolSupport
{
    /// <summary>Highest reader version.</summary>
    public const int ReaderVersion = 1;

    /// <summary>Highest writer version.</summary>
    public const int WriterVersion = 2;

    /// <summary>What each version above ours brings, for messages (Delta protocol, "Valid Feature Names in Table Features").</summary>
    static readonly ImmutableArray<(int Version, string Feature)> s_readerVersions = [(2, "columnMapping"), (3, "readerFeatures")];

    static readonly ImmutableArray<(int Version, string Feature)> s_writerVersions =
    [
        (3, "checkConstraints"),
        (4, "changeDataFeed, generatedColumns"),
        (5, "columnMapping"),
        (6, "identityColumns"),
        (7, "writerFeatures"),
    ];

    /// <summary>Features with a name that a reader here understands: none, they begin with reader version 2.</summary>
    public static ImmutableHashSet<string> ReaderFeatures { get; } = [];

    /// <summary>Features of writer version 2, which are kept or enforced.</summary>
    public static ImmutableHashSet<string> WriterFeatures { get; } = ["appendOnly", "invariants"];

    /// <summary>Passes where the table can be read.</summary>
    /// <exception cref="RefusedException">It can't: names the version and the features that are missing.</exception>
    public static void DemandReadable(ProtocolAction protocol, string where)
    {
        if (protocol.MinReaderVersion <= ReaderVersion) return;
        throw new RefusedException(
            where,
            Lacking("reader", protocol.MinReaderVersion, protocol.ReaderFeatures, ReaderFeatures, s_readerVersions),
            $"Delta reader version {ReaderVersion} at most");
    }

    /// <summary>Passes where the table can be written.</summary>
    /// <exception cref="RefusedException">It can't: names the version and the features that are missing.</exception>
    public static void DemandWritable(ProtocolAction protocol, string where)
    {
        DemandReadable(protocol, where);
        if (protocol.MinWriterVersion <= WriterVersion) return;
        throw new RefusedException(
            where,
            Lacking("writer", protocol.MinWriterVersion, protocol.WriterFeatures, WriterFeatures, s_writerVersions),
            $"Delta writer version {WriterVersion} at most; the table can be read, not written");
    }

    static string Lacking(
        string side,
        int version,
        ImmutableArray<string> asked,
        ImmutableHashSet<string> known,
        ImmutableArray<(int Version, string Feature)> versions)
    {
        var missing = asked.Where(feature => !known.Contains(feature)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0) return $"{side} version {version} with {side} features {string.Join(", ", missing)}";
        var brings = versions.FirstOrDefault(one => one.Version == version).Feature;
        return brings is null ? $"{side} version {version}, which isn't known" : $"{side} version {version} ({brings})";
    }
}
