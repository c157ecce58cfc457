using System.Globalization;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A lake that processes write to, on disk or on S3, and this process reads.</summary>
sealed class TortureLake : IDisposable
{
    readonly ScratchFolder _scratch = new();
    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2, MemoryLimitBytes = 256L << 20 });
    readonly List<WriterProcess> _writers = [];
    readonly string? _endpoint;

    TortureLake(string? path, string? endpoint)
    {
        (Path, _endpoint) = (path ?? _scratch.NewFolder(), endpoint);
        var store = ObjectStores.Open(Path, new ObjectStoreOptions { S3 = new S3Options { Endpoint = endpoint } });
        Lake = new Lake(store, _database, new LakeOptions { WorkFolder = $"{_scratch.Path}/work" });
        Directory.CreateDirectory(Lake.Options.WorkFolder);
    }

    public string Path { get; }

    public Lake Lake { get; }

    public static TortureLake OnDisk() => new(null, null);

    public static TortureLake OnS3(RadosGateway gateway) => new(gateway.NewPath(), gateway.Endpoint);

    /// <param name="writer">Its number.</param>
    /// <param name="commits">How many commits there shall be of it in the end.</param>
    /// <param name="death">Where it kills itself.</param>
    /// <param name="heldAfter">Commits after which it waits for <see cref="WriterProcess.GoOn"/>; 0 for never.</param>
    public WriterProcess Start(int writer, long commits, DeathPlan? death = null, int heldAfter = 0)
    {
        var process = new WriterProcess(Path, _endpoint, writer, commits, death, heldAfter);
        _writers.Add(process);
        return process;
    }

    /// <summary>A writer in this process.</summary>
    public Task AppendAsync(int writer, long commits) =>
        new TortureWriter(Lake, WriterProgram.Table, writer).RunAsync(commits, (_, _, _) => { }, default);

    /// <summary>Reads everything; fails, naming what is lost, twice or else wrong.</summary>
    public async Task DemandWholeAsync(int writers, long commits)
    {
        var told = _writers.SelectMany(one => one.Told.Select(commit => ((one.Writer, commit.Key), commit.Value))).ToDictionary();
        var report = await TortureCheck.RunAsync(Lake, WriterProgram.Table, writers, commits, told, default);
        Assert.True(report.IsWhole, string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Found} of {report.Expected}; lost {List(report.Lost)}; twice {List(report.Twice)}; wrong {List(report.Wrong)}"));

        static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
    }

    public void Dispose()
    {
        foreach (var writer in _writers) writer.Dispose();
        _database.Dispose();
        _scratch.Dispose();
    }
}
