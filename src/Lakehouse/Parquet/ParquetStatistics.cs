using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>Statistics of a data file as the log's JSON, from what DuckDB knows of each column after it has written it.</summary>
/// <remarks>
/// Delta protocol, "Per-file Statistics". Only what is certain: no bounds where a NaN or an infinity is among the values, of texts that
/// were cut above, of booleans, bytes and nested columns. A text's minimum may be cut to its first 32 characters: what is left is no
/// greater. The log's instants are milliseconds, so a minimum is rounded down and a maximum up.
/// </remarks>
static class ParquetStatistics
{
    const int TextCharactersMax = 32;

    static readonly string[] s_instantForms = ["yyyy-MM-dd HH:mm:ss+00", "yyyy-MM-dd HH:mm:ss.FFFFFF+00"];

    static readonly JsonWriterOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text for the log.</summary>
    /// <param name="schema">Columns of the file.</param>
    /// <param name="rowCount">Rows of the file.</param>
    /// <param name="columns">What DuckDB says, by the column's name in quotes.</param>
    public static string Json(StructType schema, long rowCount, IReadOnlyDictionary<string, ParquetColumnFacts> columns)
    {
        var known = new List<(StructField Field, ParquetColumnFacts Facts)>();
        foreach (var field in schema.Fields)
        {
            if (columns.TryGetValue(Sql.Name(field.Name), out var facts)) known.Add((field, facts));
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", rowCount);
            WriteValues(json, "minValues", known, static (type, facts) => facts.Min is { } min ? Bound(type, min, up: false) : null);
            WriteValues(json, "maxValues", known, static (type, facts) => facts.Max is { } max ? Bound(type, max, up: true) : null);
            WriteValues(json, "nullCount", known, static (_, facts) => facts.NullCount.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void WriteValues(
        Utf8JsonWriter json,
        string name,
        List<(StructField Field, ParquetColumnFacts Facts)> columns,
        Func<DeltaType, ParquetColumnFacts, string?> value)
    {
        json.WriteStartObject(name);
        foreach (var (field, facts) in columns)
        {
            if (value(field.Type, facts) is not { } raw) continue;
            json.WritePropertyName(field.Name);
            json.WriteRawValue(raw);
        }

        json.WriteEndObject();
    }

    /// <summary>A bound as raw JSON; null where none can be given.</summary>
    internal static string? Bound(DeltaType type, string text, bool up)
    {
        if (type == DeltaType.Text) return TextBound(text, up) is { } bound ? Quoted(bound) : null;
        if (type == DeltaType.Timestamp) return InstantBound(text, up) is { } instant ? Quoted(instant) : null;
        if (type == DeltaType.Date) return IsDay(text) ? Quoted(text) : null;
        if (type == DeltaType.Float32 || type == DeltaType.Float64) return NumberBound(type, text);
        var isWhole = type == DeltaType.Int64 || type == DeltaType.Int32 || type == DeltaType.Int16 || type == DeltaType.Int8;
        return isWhole || type is DecimalType ? text : null;
    }

    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, s_json.Encoder)}\"";

    static string? TextBound(string text, bool up)
    {
        var cut = 0;
        var characters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++characters > TextCharactersMax) return up ? null : text[..cut];
            cut += rune.Utf16SequenceLength;
        }

        return text;
    }

    static string? InstantBound(string text, bool up)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(text, s_instantForms, CultureInfo.InvariantCulture, Utc, out var time)) return null;
        var beyond = time.Ticks % TimeSpan.TicksPerMillisecond;
        if (beyond > 0) time = time.AddTicks(-beyond);
        if (beyond > 0 && up)
        {
            if (time > DateTime.MaxValue.AddMilliseconds(-1)) return null;
            time = time.AddMilliseconds(1);
        }

        return time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>A float is written as the double that it is, so that readers who compare doubles see a bound, too.</summary>
    static string? NumberBound(DeltaType type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!double.TryParse(text, culture, out var value)) return null;
        if (type == DeltaType.Float32) value = float.Parse(text, culture);
        return double.IsFinite(value) ? value.ToString("R", culture) : null;
    }
}
