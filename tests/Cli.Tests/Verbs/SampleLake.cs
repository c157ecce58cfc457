using Kafka.Stock.TestKit;

namespace Kafka.Stock.Cli.Tests;

/// <summary>A lake that the verbs made from 200 real daily bars; what changes it works on a copy.</summary>
public sealed class SampleLake : IAsyncLifetime, IDisposable
{
    /// <summary>Bars in it.</summary>
    public const int Bars = 200;

    readonly Scratch _scratch = new();

    public string Path => _scratch.PathTo("lake");

    /// <summary>The file that it was made from.</summary>
    public string Files => _scratch.PathTo("AAPL.csv");

    /// <summary>What <c>lake sync</c> and <c>lake rebuild</c> said.</summary>
    public string Said { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var lines = File.ReadLines(Repository.PathTo("data/demo/AAPL.csv")).Take(1 + Bars);
        _scratch.Write("AAPL.csv", string.Join('\n', lines) + "\n");
        Said = await CommandLine.DoneAsync("lake", "sync", "--from-files", Files, "--lake", Path);
        Said += await CommandLine.DoneAsync("lake", "rebuild", "--lake", Path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _scratch.Dispose();

    /// <summary>A verb of the lake on it that ends well: its output.</summary>
    public Task<string> DoneAsync(params string[] arguments) => CommandLine.DoneAsync(["lake", .. arguments, "--lake", Path]);

    /// <summary>The same, however it ends.</summary>
    internal Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(["lake", .. arguments, "--lake", Path]);
}
