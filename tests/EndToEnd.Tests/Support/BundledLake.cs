namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A lake of the bundled data, as a user makes one from files without a broker; gone with the tests that share it.</summary>
public sealed class BundledLake : IAsyncLifetime, IDisposable
{
    readonly Scratch _scratch = new();

    /// <summary>The lake's folder. Whoever wants to break something breaks a copy.</summary>
    public string Folder => _scratch.PathTo("lake");

    /// <summary>A copy of the lake that a test may break.</summary>
    internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public async Task InitializeAsync()
    {
        (await Kstock.RunAsync("lake", "sync", "--from-files", Kstock.Data, "--lake", Folder)).Expect(0);
        (await Kstock.RunAsync("lake", "rebuild", "--lake", Folder)).Expect(0);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _scratch.Dispose();
}
