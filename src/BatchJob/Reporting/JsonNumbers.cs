using System.Text.Json;

namespace Kafka.Stock.BatchJob;

/// <summary>Numbers of JSON that may be missing.</summary>
public static class JsonNumbers
{
    /// <summary>A property with round-trip digits; <c>null</c> where there is no number.</summary>
    public static void WriteNullable(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
