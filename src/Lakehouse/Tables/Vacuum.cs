using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Deletes data files that neither the table nor a version within retention has.</summary>
/// <remarks>
/// Spared are: active files, files removed within retention, files of cited versions, and whatever was written within retention, since
/// it may belong to a commit that is still being made. Names that begin with <c>_</c> or <c>.</c> are others' business, but for
/// partition folders such as <c>_day=…</c>.
/// </remarks>
static class Vacuum
{
    const long DayUs = 24L * 3600 * 1_000_000;

    public static async Task<VacuumReport> RunAsync(
        DeltaTable table, Snapshot newest, VacuumOptions options, CancellationToken cancellation)
    {
        ProtocolSupport.DemandWritable(newest.Protocol, newest.Where);
        var cutUs = table.Options.NowUs() - (table.Options.FileRetentionDays * DayUs);
        var spared = await SparedAsync(table, newest, cutUs, cancellation);
        var prefix = table.Path.Length == 0 ? "" : $"{table.Path}/";
        var deleted = ImmutableArray.CreateBuilder<ObjectEntry>();
        await foreach (var entry in table.Lake.Store.ListAsync(prefix, null, cancellation))
        {
            if (entry.ModifiedUs >= cutUs || spared.Contains(entry.Key) || IsHidden(entry.Key[prefix.Length..])) continue;
            deleted.Add(entry);
        }

        if (!options.IsDryRun)
        {
            foreach (var entry in deleted) await table.Lake.Store.DeleteAsync(entry.Key, cancellation);
        }

        return new VacuumReport(deleted.ToImmutable(), options.IsDryRun);
    }

    static async Task<HashSet<string>> SparedAsync(DeltaTable table, Snapshot newest, long cutUs, CancellationToken cancellation)
    {
        var spared = new HashSet<string>(StringComparer.Ordinal);
        AddFiles(newest);
        foreach (var tombstone in newest.Tombstones.Where(tombstone => tombstone.DeletedMs * 1000 >= cutUs)) Spare(tombstone.Path);
        foreach (var version in await table.Options.CitedVersions(table.Path, cancellation))
        {
            AddFiles(await table.AtVersionAsync(version, cancellation));
        }

        return spared;

        void AddFiles(Snapshot snapshot)
        {
            foreach (var file in snapshot.Files) Spare(file.Path);
        }

        void Spare(string path)
        {
            try
            {
                spared.Add(LogPath.ToKey(table.Path, path, table.Lake.Store.Root));
            }
            catch (RefusedException)
            {
                // Lies elsewhere: nothing that is deleted here.
            }
        }
    }

    static bool IsHidden(string key)
    {
        var parts = key.Split('/');
        return parts[^1].StartsWith('_') || Array.Exists(parts, part =>
            part.StartsWith('.') || (part.StartsWith('_') && !part.Contains('=', StringComparison.Ordinal)));
    }
}
