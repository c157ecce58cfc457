namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class ScratchFolder : IDisposable
{
    int _names;

    public string Path { get; } = Directory.CreateTempSubdirectory("kstock-store-").FullName;

    public string NewFolder() => Directory.CreateDirectory($"{Path}/folder-{Interlocked.Increment(ref _names)}").FullName;

    public string NewFile(string text)
    {
        var file = $"{Path}/file-{Interlocked.Increment(ref _names)}";
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
