using Xunit;

namespace Kafka.Stock.TestKit;

/// <summary>Market data and conformance files that lie beside the checkout of a developer, and not in a user's clone.</summary>
public static class SharedFiles
{
    /// <summary>The folder, by <c>KSTOCK_SHARED</c>, else <c>../shared</c> seen from the root.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("KSTOCK_SHARED") ?? Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <summary>Full path of a file or folder in it; skips the test, with a reason, where it doesn't exist.</summary>
    public static string PathTo(string relative)
    {
        var path = Path.Combine(Folder, relative.Replace('/', Path.DirectorySeparatorChar));
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"{relative} isn't there: set KSTOCK_SHARED to the folder that holds it");
        return path;
    }
}
