using System.Collections.Immutable;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>The files of the log that make one version: a complete checkpoint, if there is one, and the commits after it.</summary>
/// <param name="Version">That they make.</param>
/// <param name="CheckpointVersion">Of the checkpoint; -1 where the log is read from its beginning.</param>
/// <param name="CheckpointParts">The checkpoint's objects in order; empty without one.</param>
/// <param name="Commits">Objects of the commits after the checkpoint, one a version, without a gap.</param>
sealed record LogSegment(
    long Version, long CheckpointVersion, ImmutableArray<ObjectEntry> CheckpointParts, ImmutableArray<ObjectEntry> Commits)
{
    /// <summary>Chooses among what a listing found.</summary>
    /// <param name="listing">Objects of the log folder in order of key.</param>
    /// <param name="log">Key of the log folder, with a slash at its end.</param>
    /// <param name="atVersion">The version wanted; null for the newest.</param>
    /// <param name="root">The store, for messages.</param>
    /// <exception cref="BrokenInputException">No version at all, a commit missing between others, or the version isn't there.</exception>
    /// <exception cref="RefusedException">Only a checkpoint of the feature v2Checkpoint begins the log.</exception>
    public static LogSegment Choose(IReadOnlyList<ObjectEntry> listing, string log, long? atVersion, string root)
    {
        var files = Parsed(listing, log, atVersion);
        var checkpoint = NewestComplete(files);
        var start = checkpoint.IsEmpty ? -1 : checkpoint[0].Name.Version;
        var commits = files.Where(file => file.Name.Kind == LogNameKind.Commit && file.Name.Version > start).ToList();
        var isForeignStart = checkpoint.IsEmpty && files.Exists(file => file.Name.Kind == LogNameKind.UuidCheckpoint);
        if (checkpoint.IsEmpty && commits.Count == 0 && !isForeignStart)
        {
            throw new BrokenInputException(
                $"{root}/{log}", "no commit and no checkpoint", $"a Delta table, which begins with {LogName.Commit(0)}");
        }

        for (var i = 0; i < commits.Count; i++)
        {
            var expected = start + 1 + i;
            if (commits[i].Name.Version != expected) throw Gap(root, log, expected, commits[i].Name.Version, isForeignStart);
        }

        var version = start + commits.Count;
        if (commits.Count == 0 && isForeignStart) throw Gap(root, log, 0, -1, isForeignStart);
        if (version < atVersion)
        {
            throw new BrokenInputException(
                $"{root}/{log}{LogName.Commit(atVersion.Value)}", "no such version", $"one that the log has, {version} at most");
        }

        return new LogSegment(version, start, [.. checkpoint.Select(file => file.Entry)], [.. commits.Select(file => file.Entry)]);
    }

    /// <summary>True when the listing has a complete checkpoint of the version wanted or an earlier one.</summary>
    public static bool HasCheckpoint(IReadOnlyList<ObjectEntry> listing, string log, long? atVersion) =>
        !NewestComplete(Parsed(listing, log, atVersion)).IsEmpty;

    /// <summary>Version of the newest complete checkpoint at or before a version; null where there is none.</summary>
    public static long? NewestCheckpoint(IReadOnlyList<ObjectEntry> listing, string log, long atVersion) =>
        NewestComplete(Parsed(listing, log, atVersion)) is { IsEmpty: false } parts ? parts[0].Name.Version : null;

    static List<(ObjectEntry Entry, LogName Name)> Parsed(IReadOnlyList<ObjectEntry> listing, string log, long? atVersion) =>
    [
        .. listing
            .Select(entry => (Entry: entry, Name: LogName.Parse(entry.Key[log.Length..])))
            .Where(file => file.Name.Kind != LogNameKind.Stranger && !(file.Name.Version > atVersion)),
    ];

    static ImmutableArray<(ObjectEntry Entry, LogName Name)> NewestComplete(List<(ObjectEntry Entry, LogName Name)> files)
    {
        var complete =
            from file in files
            where file.Name.Kind == LogNameKind.Checkpoint
            group file by (file.Name.Version, file.Name.Parts) into parts
            where parts.Count() == parts.Key.Parts
            orderby parts.Key.Version descending, parts.Key.Parts
            select parts.OrderBy(part => part.Name.Part).ToImmutableArray();
        return complete.FirstOrDefault([]);
    }

    static StockException Gap(string root, string log, long missing, long next, bool isForeignStart) => isForeignStart
        ? new RefusedException($"{root}/{log}", "a log that begins with a checkpoint of the reader feature v2Checkpoint",
            $"Delta reader version {ProtocolSupport.ReaderVersion} at most")
        : new BrokenInputException($"{root}/{log}{LogName.Commit(missing)}", $"no such file, though version {next} is there",
            "every commit since the last checkpoint");
}
