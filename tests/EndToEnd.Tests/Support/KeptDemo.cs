using System.Text.Json.Nodes;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A demo that goes on serving its topics: what others read from.</summary>
public sealed class KeptDemo : IAsyncLifetime
{
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

    /// <summary>Of a folder of data.</summary>
    public static async Task<KeptDemo> OfAsync(string folder, params IEnumerable<string> arguments)
    {
        var demo = new KeptDemo(["--data", folder, .. arguments]);
        await demo.InitializeAsync();
        return demo;
    }

    public async Task InitializeAsync()
    {
        _process = Kstock.Start(["demo", "--fast", "--keep", .. _arguments]);
        var line = await _process.ErrorLineAsync("serving at ");
        Bootstrap = line.Split("serving at ")[1].Split(' ')[0];
    }

    /// <summary>Reads a topic with the program.</summary>
    internal Task<Ended> ConsumeAsync(string topic, params IEnumerable<string> arguments) =>
        Kstock.RunAsync(["consume", topic, "--bootstrap", Bootstrap, .. arguments]);

    /// <summary>Stops it as a user would, and gives its result without seconds.</summary>
    internal async Task<JsonObject> StopAsync()
    {
        _process!.Signal("INT");
        return Demo.ResultOf(await _process.EndAsync());
    }

    public async Task DisposeAsync() => await _process!.DisposeAsync();
}
