using System.Diagnostics;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Architecture.Tests;

public sealed class RepositoryContentTests
{
    [SkippableFact]
    public void No_file_names_a_machine_or_a_package_registry()
    {
        var files = TrackedFiles();
        Assert.Contains("Kafka.Stock.sln", files);
        Findings.AssertNone(files.SelectMany(path => RepositoryContentRules.Defects(path, TextOf(path))));
    }

    [Theory]
    [InlineData("see /wo" + "rk/main/x")]
    [InlineData("at /ho" + "me/somebody/src")]
    [InlineData("\"C:\\Us" + "ers\\x\"")]
    [InlineData("https://api.nu" + "get.org/v3/index.json")]
    [InlineData("\"resolved\": \"https://feed.example/x.tgz\"")]
    public void A_path_or_a_registry_is_found(string line)
    {
        var found = Assert.Single(RepositoryContentRules.Defects("web/package-lock.json", $"first\n{line}\n"));
        Assert.StartsWith("web/package-lock.json:2: found ", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/wo" + "rk/x and ../wo" + "rk/x and ./ho" + "me/x and $ROOT/wo" + "rk/x and ~/ho" + "me/x")]
    [InlineData("the share of wo" + "rk/home/root, and /usr/bin/env")]
    [InlineData("COPY --from=build /app /app")]
    public void A_relative_path_or_a_part_of_an_address_is_none(string line) =>
        Assert.Empty(RepositoryContentRules.Defects("docs/x.md", line));

    static List<string> TrackedFiles()
    {
        var start = new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "-z"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process? git = null;
        try
        {
            git = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "git isn't installed: which files belong to the repository is unknown");
        }

        using (git)
        {
            var output = git!.StandardOutput.ReadToEnd();
            git.WaitForExit();
            Skip.If(git.ExitCode != 0, "this isn't a git checkout: which files belong to the repository is unknown");
            return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    /// <summary>Empty for what is no text, or was deleted and not yet committed.</summary>
    static string TextOf(string path)
    {
        var full = Repository.PathTo(path);
        if (!File.Exists(full)) return "";
        var text = File.ReadAllText(full);
        return text.Contains('\0', StringComparison.Ordinal) ? "" : text;
    }
}
