namespace Kafka.Stock.TestKit;

/// <summary>Where the checkout lies that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder with <c>Kafka.Stock.sln</c>, found upwards from the test's own folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Full path of a file or folder named from the root with forward slashes.</summary>
    public static string PathTo(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kafka.Stock.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException(
            $"{from}: found no Kafka.Stock.sln in it or above; expected the tests to run inside their checkout");
    }
}
