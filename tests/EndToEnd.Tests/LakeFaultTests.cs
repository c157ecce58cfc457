using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>A lake that somebody or something has broken: exit code 4 and the file's name, never a stack trace or other rows.</summary>
[Collection(BundledLakeCollection.Name)]
public sealed class LakeFaultTests(BundledLake bundled)
{
    const string Log = "gold/features/_delta_log";
    const string Query = "select sum(close), max(series) from gold.features";

    [Fact]
    public async Task A_truncated_data_file_is_named()
    {
        using var scratch = new Scratch();
        var file = DataFile(scratch);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        await NamesAsync(Path.GetFileName(file), scratch, "lake", "query", Query);
    }

    [Fact]
    public async Task A_missing_data_file_is_named()
    {
        using var scratch = new Scratch();
        var file = DataFile(scratch);
        File.Delete(file);
        await NamesAsync(Path.GetFileName(file), scratch, "lake", "query", Query);
    }

    /// <summary>Bytes that aren't a Parquet file, of the right length: as a disk gives back that lost them.</summary>
    [Fact]
    public async Task A_data_file_of_zeros_is_named()
    {
        using var scratch = new Scratch();
        var file = DataFile(scratch);
        File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
        await NamesAsync(Path.GetFileName(file), scratch, "lake", "query", Query);
    }

    /// <summary>Parquet has no checksum that readers check; the log has one.</summary>
    [Theory, InlineData(0.1), InlineData(0.5), InlineData(0.9)]
    public async Task A_bit_that_turned_in_a_data_file_is_noticed(double at)
    {
        using var scratch = new Scratch();
        var file = DataFile(scratch);
        var bytes = File.ReadAllBytes(file);
        bytes[(int)(at * bytes.Length)] ^= 4;
        File.WriteAllBytes(file, bytes);
        await NamesAsync(Path.GetFileName(file), scratch, "lake", "query", Query);
    }

    [Theory]
    [InlineData("{\"add\":{\"path\":\n")]
    [InlineData("not json\n")]
    [InlineData("{\"metaData\":7}\n")]
    public async Task A_commit_that_is_no_JSON_is_named(string line)
    {
        using var scratch = new Scratch();
        var commit = LogFile(scratch, "00000000000000000001.json");
        File.AppendAllText(commit, line);
        await NamesAsync("00000000000000000001.json", scratch, "lake", "show", "gold.features");
    }

    [Fact]
    public async Task A_commit_that_is_missing_between_others_is_named()
    {
        using var scratch = new Scratch();
        var commit = LogFile(scratch, "00000000000000000001.json");
        File.Move(commit, commit.Replace("0001.json", "0002.json", StringComparison.Ordinal), overwrite: true);
        await NamesAsync("00000000000000000001.json", scratch, "lake", "show", "gold.features");
    }

    [Fact]
    public async Task A_truncated_checkpoint_is_named()
    {
        using var scratch = new Scratch();
        var commit = LogFile(scratch, "00000000000000000001.json");
        // With its commits gone nothing else tells the table.
        File.Delete(LogFile(scratch, "00000000000000000000.json", isCopied: true));
        File.WriteAllText(commit.Replace(".json", ".checkpoint.parquet", StringComparison.Ordinal), "PAR1");
        await NamesAsync("00000000000000000001.checkpoint.parquet", scratch, "lake", "show", "gold.features");
    }

    /// <summary>A file system of 200 KiB that this process may mount for itself alone.</summary>
    [SkippableFact]
    public async Task A_full_disk_is_said_and_named_and_the_lake_stays_as_it_was()
    {
        using var scratch = new Scratch();
        var disk = Directory.CreateDirectory(scratch.PathTo("disk")).FullName;
        const string Mount = "mount -t tmpfs -o size=200k tmpfs \"$0\"";
        var mounted = await ChildProcess.RunAsync("/", "unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", Mount, disk]);
        Skip.If(mounted.ExitCode != 0, "a user may not mount here (unshare --user --mount)");
        var ended = await ChildProcess.RunAsync(
            "/",
            "unshare",
            [
                "--user", "--map-root-user", "--mount", "sh", "-c",
                Mount + " && mkdir \"$0/lake\" && \"$1\" \"$2\" lake sync --from-files \"$3\" --lake \"$0/lake\" --lake-work \"$4\"; "
                    + "code=$?; ls \"$0/lake/bronze/market/_delta_log\"; exit $code",
                disk, Kstock.Host, Kstock.Program, Kstock.Data, scratch.PathTo("work"),
            ]);
        ended.Expect(4);
        Assert.Contains("a full disk", ended.Error, StringComparison.Ordinal);
        Assert.Contains(disk + "/lake/bronze/market/", ended.Error, StringComparison.Ordinal);
        Assert.Equal("00000000000000000000.json", ended.Output.Trim());
    }

    async Task NamesAsync(string file, Scratch scratch, params string[] arguments)
    {
        var ended = await Kstock.RunAsync([.. arguments, "--lake", scratch.PathTo("lake")]);
        ended.Expect(4);
        Assert.Contains(file, ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    string DataFile(Scratch scratch)
    {
        BundledLake.Copy(bundled.Folder, scratch.PathTo("lake"));
        return Directory.EnumerateFiles(scratch.PathTo("lake/gold/features"), "*.zstd.parquet", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(scratch.PathTo("lake/gold/features"), "part-*.parquet", SearchOption.AllDirectories))
            .Where(path => !path.Contains("_delta_log", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
    }

    string LogFile(Scratch scratch, string name, bool isCopied = false)
    {
        if (!isCopied) BundledLake.Copy(bundled.Folder, scratch.PathTo("lake"));
        return scratch.PathTo($"lake/{Log}/{name}");
    }
}
