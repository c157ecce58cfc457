using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A model's id in a snapshot: 64 hex digits as ASCII.</summary>
static class ModelIdCodec
{
    public const int Bytes = 64;

    public static void Write(ref StateWriter writer, string id)
    {
        foreach (var character in id) writer.Byte((byte)character);
    }

    public static string Read(ref StateReader reader)
    {
        Span<char> id = stackalloc char[Bytes];
        for (var i = 0; i < id.Length; i++) id[i] = (char)reader.Byte();
        return id.ToString();
    }
}
