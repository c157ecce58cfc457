using System.Collections.Immutable;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>Reads commitInfo, in which every writer puts what it likes: a field of another shape is as good as none.</summary>
static class CommitInfoReader
{
    public static CommitInfo Read(JsonElement json) => new()
    {
        TimestampMs = Whole(json, "timestamp"),
        Operation = Text(json, "operation"),
        OperationParameters = Map(json, "operationParameters"),
        OperationMetrics = Map(json, "operationMetrics"),
        ReadVersion = Whole(json, "readVersion"),
        IsBlindAppend = Truth(json, "isBlindAppend"),
        EngineInfo = Text(json, "engineInfo"),
        TxnId = Text(json, "txnId"),
        InCommitTimestampMs = Whole(json, "inCommitTimestamp"),
    };

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static long? Whole(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole)
            ? whole
            : null;

    static bool? Truth(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    static ImmutableSortedDictionary<string, string> Map(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Object) return LogMaps.Empty;
        var map = LogMaps.Empty.ToBuilder();
        foreach (var (key, one) in value.EnumerateObject().Select(property => (property.Name, property.Value)))
        {
            map[key] = one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText();
        }

        return map.ToImmutable();
    }
}
