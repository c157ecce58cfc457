using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kafka.Stock.Contracts;

/// <summary>Any Avro value as JSON text and back, by its schema alone: for tools and tests, not for the hot path.</summary>
/// <remarks>The specification's "JSON Encoding": a union's value is <c>{"branch": value}</c> but for null, bytes are code points 0 to 255.
/// A float that isn't finite is the string <c>"NaN"</c>, <c>"Infinity"</c> or <c>"-Infinity"</c>.</remarks>
public static class AvroJson
{
    /// <summary>Deepest nesting of values: what speaks of itself, such as a list by its next element, may be that long.</summary>
    public const int MaxValueDepth = 256;

    static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    /// <summary>A whole body as JSON text.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes, or bytes after the end.</exception>
    public static string ToJson(AvroSchema schema, ReadOnlySpan<byte> body)
    {
        var reader = new AvroReader(body);
        var json = Next(schema, ref reader);
        reader.RequireEnd();
        return json;
    }

    /// <summary>The next of several values as JSON text.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes.</exception>
    public static string Next(AvroSchema schema, ref AvroReader reader)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, s_writing)) Write(schema, ref reader, json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Appends one value to JSON that is being written.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes, or values deeper than <see cref="MaxValueDepth"/>.</exception>
    public static void Write(AvroSchema schema, ref AvroReader reader, Utf8JsonWriter json) =>
        AvroJsonEncoder.Write(schema, ref reader, json, depth: 0);

    /// <summary>Appends the body that JSON text stands for.</summary>
    /// <exception cref="BrokenInputException">The text doesn't fit the schema: <see cref="StockException.Where"/> is the JSON
    /// path.</exception>
    public static void FromJson(AvroSchema schema, string json, IBufferWriter<byte> output)
    {
        using var document = AvroJsonDecoder.Parse(json, 4 * MaxValueDepth);
        var writer = new AvroWriter(output);
        AvroJsonDecoder.Write(schema, document.RootElement, ref writer, new AvroJsonDecoder.Rules(isDefault: false), AvroPath.Root);
        writer.Flush();
    }
}
