using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kafka.Stock.Lakehouse;

/// <summary>Reads a <see cref="TortureTable"/> in two ways, every commit of its log and every row of its files, and tells what is lost
/// or twice.</summary>
public static class TortureCheck
{
    /// <summary>How many faults of a kind are named.</summary>
    const int NamedMax = 20;

    /// <summary>Requests on their way at once: a far store answers each after a while.</summary>
    const int ReadsAtOnce = 16;

    /// <summary>Parts in which the data files are fetched at once.</summary>
    const int ScansAtOnce = 8;

    /// <summary>Checks a table that nobody writes to any more.</summary>
    /// <param name="lake">Where it lies.</param>
    /// <param name="path">Of the table.</param>
    /// <param name="writers">Numbers 0 up to this one, exclusive.</param>
    /// <param name="commits">Of each writer.</param>
    /// <param name="told">What writers were told of their commits: number and version. A kill takes the answers to some with it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TortureReport> RunAsync(
        Lake lake, string path, int writers, long commits,
        IReadOnlyDictionary<(int Writer, long Number), long> told, CancellationToken cancellation)
    {
        var table = await lake.OpenAsync(path, cancellation);
        var wrong = new List<string>();
        var versions = await ReadLogAsync(table, wrong, cancellation);
        var rows = await ReadRowsAsync(table, wrong, cancellation);
        var lost = new List<string>();
        var twice = new List<string>();
        var found = 0L;
        for (var writer = 0; writer < writers; writer++)
        {
            for (var number = 1L; number <= commits; number++)
            {
                var key = (writer, number);
                var inLog = versions.Remove(key, out var at) ? at.Count : 0;
                var (least, most) = rows.GetValueOrDefault(key);
                rows.Remove(key);
                if (inLog == 0 || least == 0) lost.Add(NameOf(key));
                else found++;
                if (inLog > 1 || most > 1) twice.Add(NameOf(key));
                if (told.TryGetValue(key, out var version) && at?.Contains(version) != true)
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{NameOf(key)} was told version {version}, which isn't its"));
            }

            var progress = table.Snapshot.ProgressOf(TortureTable.AppId(writer)) ?? 0;
            if (progress == commits) continue;
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"writer {writer} is at {progress} by the table's own word"));
        }

        wrong.AddRange(rows.Keys.Concat(versions.Keys).Distinct().Select(key => $"{NameOf(key)} was never to be made"));
        return new TortureReport(writers * commits, found, [.. lost.Take(NamedMax)], [.. twice.Take(NamedMax)], [.. wrong.Take(NamedMax)]);
    }

    /// <summary>The versions of each commit. A version without a writer's progress, the first apart, is wrong.</summary>
    static async Task<Dictionary<(int Writer, long Number), List<long>>> ReadLogAsync(
        DeltaTable table, List<string> wrong, CancellationToken cancellation)
    {
        var versions = new Dictionary<(int Writer, long Number), List<long>>();
        var files = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var (version, actions) in CommitsAsync(table, cancellation))
        {
            var progress = actions?.OfType<AppTransaction>().ToList() ?? [];
            if (progress is not [{ } one] || !TryReadWriter(one.AppId, out var writer))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"version {version} has {progress.Count} writers; expected one"));
                continue;
            }

            if (!versions.TryGetValue((writer, one.Version), out var at)) versions[(writer, one.Version)] = at = [];
            at.Add(version);
            foreach (var file in actions!.OfType<AddFile>())
            {
                if (!files.Add(file.Key)) wrong.Add($"{file.Key} was added twice");
            }
        }

        // The snapshot came from a checkpoint and the commits after it, the list from all commits.
        if (!files.SetEquals(table.Snapshot.Files.Select(file => file.Key)))
            wrong.Add("the newest checkpoint has other files than the log");
        return versions;
    }

    /// <summary>All commits but the first, in order, read ahead.</summary>
    static async IAsyncEnumerable<(long Version, IReadOnlyList<LogAction>? Actions)> CommitsAsync(
        DeltaTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = table.Snapshot.Version;
        for (var first = 1L; first <= last; first += ReadsAtOnce)
        {
            var count = (int)Math.Min(ReadsAtOnce, last - first + 1);
            var from = first;
            var commits = await Task.WhenAll(
                Enumerable.Range(0, count).Select(i => table.Log.ReadCommitAsync(from + i, cancellation)));
            for (var i = 0; i < count; i++) yield return (first + i, commits[i]);
        }
    }

    /// <summary>Of each commit, how often its rarest and its most frequent row are there.</summary>
    static async Task<Dictionary<(int Writer, long Number), (long Least, long Most)>> ReadRowsAsync(
        DeltaTable table, List<string> wrong, CancellationToken cancellation)
    {
        if (table.Snapshot.FileCount == 0) return [];
        var opening = table.Snapshot.Files.Chunk((table.Snapshot.FileCount / ScansAtOnce) + 1)
            .Select(files => Task.Run(() => TableScan.OfFilesAsync(table, table.Snapshot, files, cancellation), cancellation)).ToList();
        try
        {
            return ReadRows(table, await Task.WhenAll(opening), wrong, cancellation);
        }
        finally
        {
            foreach (var scan in opening.Where(one => one.IsCompletedSuccessfully)) scan.Result.Dispose();
        }
    }

    static Dictionary<(int Writer, long Number), (long Least, long Most)> ReadRows(
        DeltaTable table, TableScan[] scans, List<string> wrong, CancellationToken cancellation)
    {
        using var connection = table.Lake.Database.Connect();
        using var result = connection.Query(
            $"""
            SELECT writer, number, CASE WHEN count(*) = {TortureTable.CommitRows} THEN min(copies) ELSE 0 END, max(copies), bool_and(good)
            FROM (
                SELECT writer, number, row, count(*) AS copies, bool_and(proof = {TortureTable.ProofSql}) AS good
                FROM ({string.Join(" UNION ALL ", scans.Select(scan => $"SELECT * FROM {scan.Relation}"))}) GROUP BY ALL)
            GROUP BY ALL
            """,
            cancellation);
        var rows = new Dictionary<(int Writer, long Number), (long Least, long Most)>();
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                var key = ((int)result[0].Whole(row), (long)result[1].Whole(row));
                rows[key] = ((long)result[2].Whole(row), (long)result[3].Whole(row));
                if (result[4].Whole(row) != 1) wrong.Add($"a row of {NameOf(key)} has another proof");
            }
        }

        return rows;
    }

    static bool TryReadWriter(string appId, out int writer)
    {
        writer = -1;
        return appId.StartsWith("torture/", StringComparison.Ordinal)
            && int.TryParse(appId.AsSpan("torture/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out writer);
    }

    static string NameOf((int Writer, long Number) key) => string.Create(CultureInfo.InvariantCulture, $"{key.Writer}/{key.Number}");
}
