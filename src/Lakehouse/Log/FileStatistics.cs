using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a file's writer says of its rows: their number, and for each column minimum, maximum and nulls. Only what is
/// certain.</summary>
/// <remarks>Delta protocol, "Per-file Statistics". Nothing may be concluded from what is absent.</remarks>
public sealed class FileStatistics
{
    readonly JsonElement _root;

    FileStatistics(JsonElement root) => _root = root;

    /// <summary>Rows in the file; null where the writer doesn't say.</summary>
    public long? NumRecords => Whole(_root, "numRecords");

    /// <summary>Statistics from the log's text; null where there are none or they can't be read, since they're only a help.</summary>
    public static FileStatistics? Read(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new FileStatistics(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The number of rows alone, without reading the rest; null where it isn't there.</summary>
    public static long? ReadNumRecords(string? json)
    {
        // Nearly every writer puts it first.
        const string Start = "{\"numRecords\":";
        if (json is null) return null;
        if (!json.StartsWith(Start, StringComparison.Ordinal)) return Read(json)?.NumRecords;
        long count = 0;
        var i = Start.Length;
        for (; i < json.Length && char.IsAsciiDigit(json[i]) && i < Start.Length + 18; i++) count = (count * 10) + (json[i] - '0');
        return i > Start.Length && i < json.Length && json[i] is ',' or '}' ? count : Read(json)?.NumRecords;
    }

    /// <summary>Nulls of a column at the top level; null where that isn't known.</summary>
    public long? NullCount(string column) => TryFind("nullCount", column, out var found) && found.ValueKind == JsonValueKind.Number
        && found.TryGetInt64(out var count) ? count : null;

    /// <summary>The least value of a column at the top level, as JSON; null where that isn't known.</summary>
    public JsonElement? Min(string column) => TryFind("minValues", column, out var found) ? found : null;

    /// <summary>The greatest value of a column at the top level, as JSON; null where that isn't known. May lie above the true
    /// one.</summary>
    public JsonElement? Max(string column) => TryFind("maxValues", column, out var found) ? found : null;

    bool TryFind(string kind, string column, out JsonElement found)
    {
        found = default;
        return _root.TryGetProperty(kind, out var values)
            && values.ValueKind == JsonValueKind.Object
            && values.TryGetProperty(column, out found)
            && found.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
    }

    static long? Whole(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var value)
            ? value
            : null;
}
