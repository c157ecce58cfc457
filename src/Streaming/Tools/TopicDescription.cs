using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>A topic of the table as a broker has it.</summary>
/// <param name="Topic">Its row in the table.</param>
/// <param name="Partitions">Partitions on the broker; 0 when it isn't there.</param>
/// <param name="Settings">Settings on the broker, by name; empty when the broker doesn't tell.</param>
public sealed record TopicDescription(Topic Topic, int Partitions, IReadOnlyDictionary<string, string> Settings)
{
    static readonly string[] s_binding = ["cleanup.policy", "message.timestamp.type"];

    /// <summary>True when the broker has it.</summary>
    public bool Exists => Partitions > 0;

    /// <summary>What differs from the table and would break a guarantee, one text each; retention is the operator's own choice.</summary>
    /// <param name="expectedPartitions">Partitions that it should have.</param>
    public IEnumerable<string> Mismatches(int expectedPartitions)
    {
        if (!Exists)
        {
            yield return $"{Topic}: found no such topic, expected one";
            yield break;
        }

        if (Partitions != expectedPartitions)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{Topic}: found {Partitions} partitions, expected {expectedPartitions}");
        }

        if (Settings.Count == 0) yield break;
        var expected = TopicAdmin.SettingsOf(Topic);
        foreach (var name in s_binding)
        {
            var found = Settings.GetValueOrDefault(name, "nothing");
            if (found != expected[name]) yield return $"{Topic}: found {name}={found}, expected {expected[name]}";
        }
    }
}
