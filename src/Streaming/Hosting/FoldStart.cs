using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Decides where a fold begins in each partition. Without a changelog the state is the fold of the whole log, so what the group
/// has committed is folded again with outputs muted.</summary>
static class FoldStart
{
    /// <summary>Sets the beginning of each partition.</summary>
    /// <exception cref="StreamException">The state can't be made again, because the log has lost its start or is another one.</exception>
    public static void Place(
        string role, string topic, InputConsumer input, IReadOnlyList<PartitionProgress> partitions, Action<StreamEvent>? events)
    {
        var committed = input.CommittedOffsets([.. partitions.Select(partition => partition.Partition)]);
        for (var i = 0; i < partitions.Count; i++)
        {
            var number = partitions[i].Partition;
            var log = input.QueryWatermarks(number);
            var low = log.Low.Value;
            var high = log.High.Value;
            partitions[i].SawHighWatermark(high);
            if (committed[i] <= 0)
            {
                partitions[i].Begin(low, low);
            }
            else
            {
                Check(string.Create(CultureInfo.InvariantCulture, $"{topic}[{number}]@{committed[i]}"), role, committed[i], low, high);
                events?.Invoke(StreamEvents.Refolding(role, topic, number, committed[i]));
                partitions[i].Begin(0, committed[i]);
            }

            if (high > low) events?.Invoke(StreamEvents.Restored(role, topic, number, partitions[i].LiveFrom));
        }
    }

    static void Check(string where, string role, long committed, long low, long high)
    {
        if (committed > high)
        {
            throw new StreamException(
                Verdict.Stop, where,
                string.Create(CultureInfo.InvariantCulture, $"a log that ends at {high}, before what the group {role} has committed"),
                $"the log that was folded; if the topic was made anew, delete the offsets of the group {role}");
        }

        if (low == 0) return;
        throw new StreamException(
            Verdict.Stop, where,
            string.Create(CultureInfo.InvariantCulture, $"a log that begins at {low}, so the state before it can't be made again"),
            $"the log from offset 0; to start over from what is left, delete the offsets of the group {role} (outputs then come again)");
    }
}
