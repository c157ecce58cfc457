using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>A folder that looks like a built checkout with a folder of prices in it; gone at the end.</summary>
public sealed class Checkout : IDisposable
{
    static readonly string s_dotnet = Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    public Checkout()
    {
        foreach (var folder in (string[])["samples", "schemas", "data"])
            Directory.CreateSymbolicLink(Path.Combine(Folder, folder), Repository.PathTo(folder));
        Directory.CreateDirectory(Path.Combine(Folder, "my-prices"));
        var prices = File.ReadLines(Repository.PathTo("data/demo/AAPL.csv")).Take(200);
        File.WriteAllLines(Path.Combine(Folder, "my-prices", "AAPL.csv"), prices);
        Program("kstock", $"exec '{s_dotnet}' '{Path.Combine(AppContext.BaseDirectory, "kstock.dll")}' \"$@\"");
        Directory.CreateDirectory(Path.Combine(Folder, "bin"));
        Program("bin/dotnet", RunSample);
    }

    /// <summary>Where commands run.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-docs-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary><c>dotnet run --project samples/X -- ARGS</c> without the build: X lies, built, beside this test.</summary>
    static string RunSample =>
        $$"""
        if [[ $1 == run ]]; then
            [[ $2 == --project && -f $3/${3##*/}.csproj && $4 == -- ]]
            name=${3##*/}
            shift 4
            exec '{{s_dotnet}}' "{{AppContext.BaseDirectory}}/Kafka.Stock.$name.dll" "$@"
        fi
        exec '{{s_dotnet}}' "$@"
        """;

    void Program(string name, string body)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, "#!/usr/bin/env bash\nset -euo pipefail\n" + body.ReplaceLineEndings("\n") + "\n");
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("commands of the documents are for bash");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
