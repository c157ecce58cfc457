using System.Text.Json;

namespace Kafka.Stock.Contracts;

/// <summary>Which logical type a schema has; one that doesn't fit its base type is left aside, as the specification asks.</summary>
static class AvroLogicalTypes
{
    static readonly Dictionary<string, (AvroLogicalType Type, AvroKind Base)> s_simple = new()
    {
        ["date"] = (AvroLogicalType.Date, AvroKind.Int),
        ["time-millis"] = (AvroLogicalType.TimeMillis, AvroKind.Int),
        ["time-micros"] = (AvroLogicalType.TimeMicros, AvroKind.Long),
        ["timestamp-millis"] = (AvroLogicalType.TimestampMillis, AvroKind.Long),
        ["timestamp-micros"] = (AvroLogicalType.TimestampMicros, AvroKind.Long),
        ["timestamp-nanos"] = (AvroLogicalType.TimestampNanos, AvroKind.Long),
        ["local-timestamp-millis"] = (AvroLogicalType.LocalTimestampMillis, AvroKind.Long),
        ["local-timestamp-micros"] = (AvroLogicalType.LocalTimestampMicros, AvroKind.Long),
        ["local-timestamp-nanos"] = (AvroLogicalType.LocalTimestampNanos, AvroKind.Long),
    };

    /// <summary>The logical type, and digits and scale of a decimal.</summary>
    /// <param name="json">The schema.</param>
    /// <param name="kind">Its base type.</param>
    /// <param name="size">Bytes of a fixed.</param>
    public static (AvroLogicalType Type, int Precision, int Scale) Of(JsonElement json, AvroKind kind, int size)
    {
        if (!json.TryGetProperty("logicalType", out var element) || element.ValueKind != JsonValueKind.String) return default;
        if (!AvroJsonDecoder.TryGetText(element, out var name)) return default;
        if (s_simple.TryGetValue(name, out var simple)) return simple.Base == kind ? (simple.Type, 0, 0) : default;
        return name switch
        {
            "uuid" when kind == AvroKind.String || (kind == AvroKind.Fixed && size == 16) => (AvroLogicalType.Uuid, 0, 0),
            "duration" when kind == AvroKind.Fixed && size == 12 => (AvroLogicalType.Duration, 0, 0),
            "decimal" when kind is AvroKind.Bytes or AvroKind.Fixed => Decimal(json, size),
            _ => default,
        };
    }

    static (AvroLogicalType Type, int Precision, int Scale) Decimal(JsonElement json, int size)
    {
        var scale = 0;
        if (!TryInt(json, "precision", out var precision) || precision < 1) return default;
        if (json.TryGetProperty("scale", out _) && !TryInt(json, "scale", out scale)) return default;
        if (scale < 0 || scale > precision || precision > MaxDigits(size)) return default;
        return (AvroLogicalType.Decimal, precision, scale);
    }

    /// <summary>Digits that any number of them fits into so many bytes: floor of log10(2) x (8 size - 1).</summary>
    static long MaxDigits(long size) => ((size * 8) - 1) * 30_103 / 100_000;

    static bool TryInt(JsonElement json, string name, out int value)
    {
        value = 0;
        return json.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }
}
