using System.Runtime.CompilerServices;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>When versions were committed.</summary>
/// <remarks>A file's time is its store's, and clocks go backwards: a commit counts as at least a millisecond later than the one before,
/// as in Delta's own readers. Where the table keeps times in the log, those count.</remarks>
static class CommitTimes
{
    const long StepUs = 1000;

    /// <summary>The newest version at or before a time.</summary>
    /// <exception cref="BrokenInputException">The oldest that the log has is later.</exception>
    public static async Task<long> VersionAtAsync(DeltaLog log, Snapshot newest, long timestampUs, CancellationToken cancellation)
    {
        var times = await ReadAsync(log, newest, cancellation);
        var index = times.FindLastIndex(one => one.CommittedUs <= timestampUs);
        if (index >= 0) return times[index].Version;
        var expected = times.Count == 0
            ? "a log that has its commits"
            : $"{PartitionText.OfTimestamp(times[0].CommittedUs)} or later, the time of version {times[0].Version}";
        throw new BrokenInputException(log.Where, $"no version of {PartitionText.OfTimestamp(timestampUs)} UTC", expected);
    }

    /// <summary>Commits with their times, newest first.</summary>
    public static async IAsyncEnumerable<HistoryEntry> HistoryAsync(
        DeltaLog log, Snapshot newest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var times = await ReadAsync(log, newest, cancellation);
        for (var i = times.Count - 1; i >= 0; i--)
        {
            var actions = await log.ReadCommitAsync(times[i].Version, cancellation);
            if (actions is null) yield break;
            yield return new HistoryEntry(times[i].Version, times[i].CommittedUs, actions.OfType<CommitInfo>().FirstOrDefault());
        }
    }

    static async Task<List<(long Version, long CommittedUs)>> ReadAsync(DeltaLog log, Snapshot newest, CancellationToken cancellation)
    {
        var isInLog = TableProperties.HasInCommitTimestamps(newest.Metadata);
        var times = new List<(long Version, long CommittedUs)>();
        foreach (var entry in await log.ListAsync(null, cancellation))
        {
            var name = LogName.Parse(entry.Key[log.Folder.Length..]);
            if (name.Kind != LogNameKind.Commit) continue;
            if (times.Count > 0 && name.Version != times[^1].Version + 1) times.Clear();
            var timeUs = (isInLog ? await InLogAsync(log, name.Version, cancellation) : null) ?? entry.ModifiedUs;
            var leastUs = times.Count > 0 ? times[^1].CommittedUs + StepUs : long.MinValue;
            times.Add((name.Version, Math.Max(timeUs, leastUs)));
        }

        return times;
    }

    static async Task<long?> InLogAsync(DeltaLog log, long version, CancellationToken cancellation)
    {
        var actions = await log.ReadCommitAsync(version, cancellation) ?? [];
        return actions.OfType<CommitInfo>().FirstOrDefault()?.InCommitTimestampMs * 1000;
    }
}
