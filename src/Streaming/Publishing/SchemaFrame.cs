using System.Buffers.Binary;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

static class SchemaFrame
{
    public const int PrefixBytes = 5;

    public static int IdOf(string name)
    {
        foreach (var topic in StockTopics.All)
        {
            for (var i = 0; i < topic.Records.Count; i++)
            {
                if (topic.Records[i] == name) return 1 + s_all.IndexOf(name);
            }
        }

        return 0;
    }

    static readonly List<string> s_all = StockTopics.All.SelectMany(topic => topic.Records).Distinct(StringComparer.Ordinal).ToList();

    public static string? NameOf(int id) => id >= 1 && id <= s_all.Count ? s_all[id - 1] : null;

    public static void WritePrefix(Span<byte> destination, int id)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(destination[1..], id);
    }
}
