namespace Kafka.Stock.Architecture.Tests;

/// <summary>Which area may use which: the table of docs/architecture.md, in code. Cli hosts all of them and may use all.</summary>
static class AllowedEdges
{
    public const string Host = "Cli";

    public static IReadOnlyDictionary<string, string[]> Table { get; } = new SortedDictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Calendars"] = [],
        ["Learning"] = [],
        ["Sources"] = ["Contracts", "Calendars"],
        ["Topology"] = ["Contracts", "Calendars", "Learning"],
        ["Trainer"] = ["Contracts", "Calendars", "Learning"],
        ["Streaming"] = ["Contracts"],
        ["Lakehouse"] = ["Contracts"],
        ["Ingestor"] = ["Contracts", "Calendars", "Sources", "Streaming"],
        ["BatchJob"] = ["Contracts", "Calendars", "Sources", "Learning", "Topology", "Trainer", "Lakehouse", "Streaming"],
        ["Dashboard"] = ["Contracts", "Streaming"],
    };

    public static bool Knows(string area) => area == Host || Table.ContainsKey(area);

    public static bool Allows(string area, string used) =>
        area == Host ? used != Host : Table.TryGetValue(area, out var may) && may.Contains(used);

    public static string MayUse(string area) =>
        area == Host ? "all" : Table.TryGetValue(area, out var may) && may.Length > 0 ? string.Join(", ", may) : "nothing of ours";
}
