using System.Globalization;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>How far a table is with each partition of each topic, as its log says.</summary>
static class LakeProgress
{
    const string Prefix = "lake/";

    /// <summary>The application that a topic's partition is in a table's log.</summary>
    public static string AppId(string table, string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{table}/{topic}/{partition}");

    /// <summary>The last offset of each partition of each topic, in order.</summary>
    public static SortedDictionary<(string Topic, int Partition), long> Of(string table, Snapshot snapshot)
    {
        var progress = new SortedDictionary<(string Topic, int Partition), long>();
        foreach (var transaction in snapshot.Transactions)
        {
            if (!transaction.AppId.StartsWith($"{Prefix}{table}/", StringComparison.Ordinal)) continue;
            var place = transaction.AppId[(Prefix.Length + table.Length + 1)..];
            var slash = place.LastIndexOf('/');
            if (slash > 0 && int.TryParse(place.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition))
            {
                progress[(place[..slash], partition)] = transaction.Version;
            }
        }

        return progress;
    }
}
