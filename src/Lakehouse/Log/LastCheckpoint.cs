using System.Buffers;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>What <c>_last_checkpoint</c> says. It only saves a listing: missing, stale or broken, it is no error.</summary>
/// <param name="Version">Of the newest checkpoint when it was written.</param>
/// <param name="Actions">How many there are in it.</param>
/// <param name="SizeBytes">Of the checkpoint's file.</param>
/// <param name="AddFiles">How many of the actions are files.</param>
sealed record LastCheckpoint(long Version, long Actions, long SizeBytes, long AddFiles)
{
    /// <summary>The version that the file names; null where it can't be read.</summary>
    public static long? ReadVersion(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            if (!JsonElement.TryParseValue(ref json, out var root) || root.Value.ValueKind != JsonValueKind.Object) return null;
            return root.Value.TryGetProperty("version", out var version) && version.TryGetInt64(out var value) && value >= 0 ? value : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, LogJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("size", Actions);
            json.WriteNumber("sizeInBytes", SizeBytes);
            json.WriteNumber("numOfAddFiles", AddFiles);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
