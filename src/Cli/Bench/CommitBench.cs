using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Small commits beside the bare cost of the same writes, syncs and links; opening a log of 10,000 commits.</summary>
sealed class CommitBench(string folder, DuckDatabase database)
{
    const int Rounds = 400;

    /// <summary>Rounds before the first that counts: the runtime compiles what both sides do.</summary>
    const int WarmUps = 40;

    const int LongLog = 10_000;
    static readonly TableDefinition s_definition = new(new StructType([new("volume", DeltaType.Int64)]), []);

    int _name;

    /// <summary>Commits to a table that has so many files already, each beside the bare writing of the bytes that it wrote: where it
    /// made a checkpoint, those of the checkpoint, too.</summary>
    public async Task<IReadOnlyList<BenchFigure>> RunAsync(int fileCount, CancellationToken cancellation)
    {
        var lake = LakeAt($"commits-{fileCount}", new LakeOptions { WorkFolder = Work });
        var table = await lake.OpenOrCreateAsync("t", s_definition, cancellation);
        await table.AppendAsync([.. Enumerable.Range(0, fileCount).Select(_ => NextFile())], [], cancellation);
        var log = Path.Combine(folder, $"commits-{fileCount}", "t", LogName.Folder);
        var bare = new BareLog(Path.Combine(folder, $"bare-{fileCount}"));
        var (oursMs, bareMs) = (new double[Rounds], new double[Rounds]);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await table.AppendAsync([NextFile()], [], cancellation);
            var ours = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (result.UpkeepFailure is { } failure) throw new InvalidOperationException("a checkpoint failed", failure);
            var reference = bare.Repeat(log, result.Version);
            if (round >= 0) (oursMs[round], bareMs[round]) = (ours, reference);
        }

        if (bare.Checkpoints < Rounds / lake.Options.CheckpointVersions) throw new InvalidOperationException("checkpoints are missing");
        return
        [
            new($"commit_ms_{fileCount}", Median(oursMs), $"ms a small commit, median, table of {fileCount} files"),
            new($"bare_ms_{fileCount}", Median(bareMs), "ms for the same bytes, two syncs and link, median (reference)"),
            new($"commit_ratio_{fileCount}", Median(oursMs) / Median(bareMs), "medians; at most 2 wanted"),
            new($"commit_mean_ms_{fileCount}", oursMs.Average(), "ms a small commit, mean, with a checkpoint each 10 commits"),
            new($"bare_mean_ms_{fileCount}", bareMs.Average(), "ms for the same bytes, mean, the checkpoints' among them (reference)"),
            new($"commit_ratio_mean_{fileCount}", oursMs.Average() / bareMs.Average(), "means; at most 2 wanted"),
        ];
    }

    /// <summary>Opening the log of 10,000 commits, the last ten after a checkpoint.</summary>
    public async Task<IReadOnlyList<BenchFigure>> OpenAsync(CancellationToken cancellation)
    {
        var options = new LakeOptions { WorkFolder = Work, CheckpointVersions = LongLog };
        var table = await LakeAt("long", options).OpenOrCreateAsync("t", s_definition, cancellation);
        for (var version = 1; version <= LongLog; version++)
        {
            await table.AppendAsync([NextFile()], [], cancellation);
            if (version == LongLog - 10) await table.CheckpointAsync(cancellation);
        }

        var store = ObjectStores.Open(Path.Combine(folder, "long"), new ObjectStoreOptions());
        var checkpoints = new CheckpointFiles(store, database, options);
        ImmutableArray<ObjectEntry> checkpoint = [await CheckpointAsync(store, cancellation)];
        var (open, read) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var opened = await LakeAt("long", options).OpenAsync("t", cancellation);
            open = Math.Min(open, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (opened.Snapshot.FileCount != LongLog) throw new InvalidOperationException($"found {opened.Snapshot.FileCount} files");
            started = Stopwatch.GetTimestamp();
            var actions = await checkpoints.ReadAsync(checkpoint, cancellation);
            if (actions.Count < LongLog - 10) throw new InvalidOperationException($"found {actions.Count} actions");
            read = Math.Min(read, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return
        [
            new("open_ms", open, "ms to open a table of 10,000 commits; at most 200 wanted"),
            new("checkpoint_ms", read, "ms to read and decode its last checkpoint and nothing else (reference)"),
            new("open_ratio", open / read, "open over reading the checkpoint; at most 3 wanted"),
        ];
    }

    string Work => Path.Combine(folder, "work");

    Lake LakeAt(string name, LakeOptions options) =>
        new(ObjectStores.Open(Path.Combine(folder, name), new ObjectStoreOptions()), database, options);

    /// <summary>The log doesn't look for data files.</summary>
    DataFile NextFile() => new(
        string.Create(CultureInfo.InvariantCulture, $"part-{_name++:D32}.zstd.parquet"), s_definition.Schema, 1_000, 1_000_000)
    {
        StatsJson = """{"numRecords":10,"minValues":{"volume":1},"maxValues":{"volume":100},"nullCount":{"volume":0}}""",
    };

    static async Task<ObjectEntry> CheckpointAsync(IObjectStore store, CancellationToken cancellation)
    {
        await foreach (var entry in store.ListAsync("t/_delta_log/", null, cancellation))
        {
            if (entry.Key.EndsWith(".checkpoint.parquet", StringComparison.Ordinal)) return entry;
        }

        throw new InvalidOperationException("no checkpoint was written");
    }

    static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
