using System.Text.RegularExpressions;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>A demo that keeps its broker up, and a folder that looks like a built checkout with a folder of prices in it.</summary>
public sealed partial class RunningDemo : IAsyncLifetime, IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    Shell? _demo;

    /// <summary>Where commands run.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-docs-").FullName;

    /// <summary>The broker's address, <c>host:port</c>.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        foreach (var folder in (string[])["samples", "schemas", "data"])
            Directory.CreateSymbolicLink(Path.Combine(Folder, folder), Repository.PathTo(folder));
        Directory.CreateDirectory(Path.Combine(Folder, "my-prices"));
        var prices = File.ReadLines(Repository.PathTo("data/demo/AAPL.csv")).Take(200);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "my-prices", "AAPL.csv"), prices);
        var dotnet = Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        Program("kstock", $"exec '{dotnet}' '{Path.Combine(AppContext.BaseDirectory, "kstock.dll")}' \"$@\"");
        Directory.CreateDirectory(Path.Combine(Folder, "bin"));
        Program("bin/dotnet", RunSample(dotnet));
        _demo = new Shell("exec ./kstock demo --fast --keep", Folder, "serving at");
        using var limit = new CancellationTokenSource(s_limit);
        await _demo.HeardAsync(limit.Token);
        Address = AddressPattern().Match(_demo.Lines("serving at").First()).Value;
    }

    public async Task DisposeAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        if (_demo is not null)
        {
            _demo.Interrupt();
            await _demo.EndAsync(limit.Token);
        }

        Directory.Delete(Folder, recursive: true);
    }

    public void Dispose() => _demo?.Dispose();

    /// <summary><c>dotnet run --project samples/X -- ARGS</c> without the build: X lies, built, beside this test.</summary>
    static string RunSample(string dotnet) =>
        $$"""
        if [[ $1 == run ]]; then
            [[ $2 == --project && -f $3/${3##*/}.csproj && $4 == -- ]]
            name=${3##*/}
            shift 4
            exec '{{dotnet}}' "{{AppContext.BaseDirectory}}/Kafka.Stock.$name.dll" "$@"
        fi
        exec '{{dotnet}}' "$@"
        """;

    void Program(string name, string body)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, "#!/usr/bin/env bash\nset -euo pipefail\n" + body.ReplaceLineEndings("\n") + "\n");
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("commands of the documents are for bash");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AddressPattern();
}
