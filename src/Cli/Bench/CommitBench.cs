using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Small commits beside the bare cost of the same writes, syncs and links; opening a log of 10,000 commits.</summary>
sealed class CommitBench(string folder, DuckDatabase database)
{
    const int Rounds = 200;
    const int LongLog = 10_000;
    static readonly TableDefinition s_definition = new(new StructType([new("volume", DeltaType.Int64)]), []);

    int _name;

    /// <summary>Commits to a table that has so many files already.</summary>
    public async Task<IReadOnlyList<BenchFigure>> RunAsync(int fileCount, CancellationToken cancellation)
    {
        var lake = LakeAt($"commits-{fileCount}", new LakeOptions { WorkFolder = Work });
        var table = await lake.OpenOrCreateAsync("t", s_definition, cancellation);
        await table.AppendAsync([.. Enumerable.Range(0, fileCount).Select(_ => NextFile())], [], cancellation);
        var (ours, bare) = (new double[Rounds], new double[Rounds]);
        var first = Path.Combine(folder, $"commits-{fileCount}", "t", "_delta_log", $"{0:D20}.json");
        var bytes = await File.ReadAllBytesAsync(first, cancellation);
        var bareFolder = Directory.CreateDirectory(Path.Combine(folder, $"bare-{fileCount}")).FullName;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await table.AppendAsync([NextFile()], [], cancellation);
            ours[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            started = Stopwatch.GetTimestamp();
            Bare(bareFolder, round, bytes.AsSpan(0, Math.Min(bytes.Length, 700)));
            bare[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var mean = ours.Average() / bare.Average();
        return
        [
            new($"commit_ms_{fileCount}", Median(ours), $"ms a small commit, median, table of {fileCount} files"),
            new($"bare_ms_{fileCount}", Median(bare), "ms for the same write, two syncs and link, median (reference)"),
            new($"commit_ratio_{fileCount}", Median(ours) / Median(bare), "medians; at most 2 wanted"),
            new($"commit_ratio_mean_{fileCount}", mean, "means, with a checkpoint each 10 commits"),
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

    static void Bare(string folder, int round, ReadOnlySpan<byte> bytes)
    {
        var temporary = Path.Combine(folder, "temporary");
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        UnixDisk.TryLink(temporary, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{round:D20}.json")));
        File.Delete(temporary);
        UnixDisk.SyncFolder(folder);
    }

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
