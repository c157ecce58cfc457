using System.Text.Json.Nodes;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A demo that goes on serving its topics: what others read from.</summary>
public sealed class KeptDemo : IAsyncLifetime, IDisposable
{
    readonly Scratch _scratch = new();
    readonly string[] _arguments;
    ChildProcess? _process;

    /// <summary>Of the bundled data.</summary>
    public KeptDemo()
        : this([])
    {
    }

    KeptDemo(string[] arguments) => _arguments = arguments;

    /// <summary>Address of its broker.</summary>
    public string Bootstrap { get; private set; } = "";

    /// <summary>The lake that it left.</summary>
    public string Lake => _scratch.PathTo("lake");

    /// <summary>What it said on standard output, its result being the last line.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Its result without seconds.</summary>
    internal JsonObject Result => Demo.ResultOf(new Ended(0, Output, ""));

    /// <summary>Of a folder of data.</summary>
    public static async Task<KeptDemo> OfAsync(string folder, params IEnumerable<string> arguments)
    {
        var demo = new KeptDemo(["--data", folder, .. arguments]);
        await demo.InitializeAsync();
        return demo;
    }

    public async Task InitializeAsync()
    {
        _process = Kstock.Start(["demo", "--fast", "--keep", "--lake", Lake, .. _arguments]);
        var line = await _process.ErrorLineAsync("serving at ");
        Bootstrap = line.Split("serving at ")[1].Split(' ')[0];
        Output = await _process.OutputUpToAsync("forecasts_sha256");
    }

    /// <summary>Reads a topic with the program.</summary>
    internal Task<Ended> ConsumeAsync(string topic, params IEnumerable<string> arguments) =>
        Kstock.RunAsync(["consume", topic, "--bootstrap", Bootstrap, .. arguments]);

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _scratch.Dispose();
}
