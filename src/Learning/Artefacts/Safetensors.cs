using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Kafka.Stock.Learning;

/// <summary>The safetensors file format, as far as it is needed here: float32 tensors and text metadata.</summary>
/// <remarks>8 bytes little-endian length of the header, the header as JSON (name: dtype, shape, data_offsets; <c>__metadata__</c>: texts),
/// then the tensors' bytes, little-endian, one after the other. Tensors and metadata are written in ordinal order: the same content
/// gives the
/// same bytes. Reading checks every length against the file before it allocates.</remarks>
static class Safetensors
{
    const int PrefixBytes = sizeof(long);
    const int Alignment = 8;
    const string MetadataName = "__metadata__";

    public static byte[] Write(IReadOnlyList<Tensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var sorted = tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToArray();
        var header = Header(sorted, metadata);
        var bytes = new byte[PrefixBytes + header.Length + sorted.Sum(tensor => tensor.Values.Length * sizeof(float))];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, PrefixBytes);
        var writer = new StateWriter(bytes.AsSpan(PrefixBytes + header.Length));
        foreach (var tensor in sorted) writer.Singles(tensor.Values);
        return bytes;
    }

    /// <exception cref="StateFormatException">The bytes aren't such a file.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PrefixBytes) throw Defect("length", $"{bytes.Length} bytes", "at least 8");
        var headerBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (headerBytes < 2 || headerBytes > bytes.Length - PrefixBytes)
            throw Defect("header", $"a length of {headerBytes}", $"2 to {bytes.Length - PrefixBytes} bytes");

        var data = bytes[(PrefixBytes + (int)headerBytes)..];
        try
        {
            var reader = new Utf8JsonReader(bytes.Slice(PrefixBytes, (int)headerBytes));
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, data);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Defect("header", fault.Message, "the JSON of a safetensors file");
        }
    }

    static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(JsonElement header, ReadOnlySpan<byte> data)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        long used = 0;
        foreach (var entry in header.EnumerateObject())
        {
            if (entry.NameEquals(MetadataName))
            {
                foreach (var text in entry.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString() ?? "";
                continue;
            }

            tensors[entry.Name] = ReadTensor(entry.Name, entry.Value, data);
            used += tensors[entry.Name].Values.Length * (long)sizeof(float);
        }

        return used == data.Length ? (tensors, metadata) : throw Defect("data", $"{data.Length} bytes", $"{used}, as the header says");
    }

    static Tensor ReadTensor(string name, JsonElement entry, ReadOnlySpan<byte> data)
    {
        var type = entry.GetProperty("dtype").GetString();
        if (type != "F32") throw Defect(name, $"type {type}", "F32");
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var offsets = entry.GetProperty("data_offsets");
        if (offsets.GetArrayLength() != 2) throw Defect(name, "other offsets", "a start and an end");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (start < 0 || end < start || end > data.Length)
            throw Defect(name, $"offsets {start} to {end}", $"some inside {data.Length} bytes");
        if (shape.Any(size => size < 0) || shape.Aggregate(4m, (product, size) => Math.Min(product * size, long.MaxValue)) != end - start)
            throw Defect(name, $"{end - start} bytes", $"those of shape [{string.Join(", ", shape)}]");

        var values = new float[(end - start) / sizeof(float)];
        var reader = new StateReader(data[(int)start..(int)end]);
        reader.Singles(values);
        return new Tensor(name, shape, values);
    }

    static byte[] Header(Tensor[] sorted, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataName);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            long at = 0;
            foreach (var tensor in sorted)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", [.. tensor.Shape.Select(size => (long)size)]);
                WriteNumbers(json, "data_offsets", [at, at += tensor.Values.Length * (long)sizeof(float)]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padded with spaces, so that the tensors start at a multiple of 8.
        var header = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    static StateFormatException Defect(string where, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"safetensors {where}"), found, expected);

    /// <summary>A named array of numbers.</summary>
    internal sealed record Tensor(string Name, int[] Shape, float[] Values);
}
