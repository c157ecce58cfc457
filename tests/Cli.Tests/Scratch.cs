namespace Kafka.Stock.Cli.Tests;

/// <summary>A folder that goes away with its test.</summary>
sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kstock-cli-").FullName;

    public string PathTo(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of it; its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathTo(name), text);
        return PathTo(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
