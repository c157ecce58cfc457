using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Checkpoints, cleanup of the log, time travel, vacuum, compaction.</summary>
public sealed class UpkeepTests : IDisposable
{
    readonly TestLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_checkpoint_comes_at_each_tenth_version_and_gives_the_same_table()
    {
        var table = await _lake.NewTableAsync(one => one with { Configuration = one.Configuration.Add("note", "ü \"x\"") });
        for (var i = 1; i <= 25; i++)
        {
            var file = TestLake.FileOf($"f{i:D2}", i, i % 3 == 0 ? "2024-01-03" : "2024-01-02");
            await table.AppendAsync([file], [new("app", i)], default);
        }

        var transaction = table.Begin();
        transaction.Remove(table.Snapshot.Files.First());
        await transaction.CommitAsync("DELETE", null, default);
        Assert.Equal(["10", "20"], Checkpoints());
        foreach (var early in Enumerable.Range(0, 20)) File.Delete(_lake.LogFile(LogName.Commit(early)));
        var read = (await _lake.OpenAsync()).Snapshot;
        Assert.Equal(20, read.CheckpointVersion);
        AssertSame(table.Snapshot, read);
        await table.CheckpointAsync(default);
        foreach (var commit in Directory.GetFiles(_lake.LogFile(""), "*.json")) File.Delete(commit);
        AssertSame(table.Snapshot, (await _lake.OpenAsync()).Snapshot);
    }

    static void AssertSame(Snapshot expected, Snapshot found)
    {
        Assert.Equal((expected.Version, expected.FileCount, expected.RowCount), (found.Version, found.FileCount, found.RowCount));
        Assert.Equal(Lines(expected), Lines(found));

        static string Lines(Snapshot snapshot) => System.Text.Encoding.UTF8.GetString(ActionWriter.WriteCommit(
        [
            snapshot.Protocol, snapshot.Metadata, .. snapshot.Transactions,
            .. snapshot.Files.Select(file => file with { IsDataChange = false }),
            .. snapshot.Tombstones.Select(tombstone => tombstone with { IsDataChange = false }),
        ]));
    }

    [Fact]
    public async Task Odd_characters_and_nulls_survive_a_checkpoint()
    {
        var table = await _lake.NewTableAsync(one => one with { PartitionColumns = ["symbol", "day"] });
        var file = TestLake.FileOf("a b%ü") with
        {
            Schema = new StructType([TestLake.Schema.Fields[2]]),
            PartitionValues = PartitionValues.Of(("day", null), ("symbol", "BRK/B \"'{}\\\n\u0001é")),
            StatsJson = "{\"numRecords\":1,\"minValues\":{\"volume\":-1}}",
        };
        await table.AppendAsync([file], [new("app 'x'", 1)], default);
        await table.CheckpointAsync(default);
        AssertSame(table.Snapshot, (await _lake.OpenAsync()).Snapshot);
        Assert.Equal(1, (await _lake.OpenAsync()).Snapshot.CheckpointVersion);
    }

    [Fact]
    public async Task Tombstones_leave_the_checkpoint_after_a_week()
    {
        var table = await _lake.NewTableAsync();
        await table.AppendAsync([TestLake.FileOf("a")], [], default);
        await table.ReplaceAsync([TestLake.FileOf("b")], [], default);
        _lake.Clock.Now += TimeSpan.FromDays(6);
        await table.CheckpointAsync(default);
        Assert.Single((await _lake.OpenAsync()).Snapshot.Tombstones);
        _lake.Clock.Now += TimeSpan.FromDays(2);
        await table.CheckpointAsync(default);
        Assert.Empty((await _lake.OpenAsync()).Snapshot.Tombstones);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":-1}")]
    [InlineData("{\"version\":3}")]
    [InlineData("{\"version\":10}")]
    [InlineData("{\"version\":77}")]
    [InlineData(null)]
    public async Task What_last_checkpoint_says_is_only_a_hint(string? hint)
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 21; i++) await table.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default);
        var path = _lake.LogFile(LogName.LastCheckpoint);
        Assert.Equal(20, LastCheckpoint.ReadVersion(File.ReadAllBytes(path)));
        if (hint is null) File.Delete(path);
        else File.WriteAllText(path, hint);
        Assert.Equal((21, 20), ((await _lake.OpenAsync()).Snapshot.Version, (await _lake.OpenAsync()).Snapshot.CheckpointVersion));
    }

    [Fact]
    public async Task A_truncated_checkpoint_is_named()
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 10; i++) await table.AppendAsync([TestLake.FileOf($"f{i}")], [], default);
        var path = _lake.LogFile(LogName.Checkpoint(10));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Assert.Equal(path, (await Assert.ThrowsAsync<BrokenInputException>(() => _lake.OpenAsync())).Where);
    }

    [Fact]
    public async Task Bad_json_a_missing_commit_and_a_missing_data_file_are_named()
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 3; i++) await table.AppendAsync([TestLake.FileOf($"f{i}")], [], default);
        var missing = await Assert.ThrowsAsync<BrokenInputException>(() => _lake.RowsAsync(table, table.Snapshot));
        Assert.EndsWith("/bronze/market/day=2024-01-02/f1.parquet", missing.Where, StringComparison.Ordinal);
        File.AppendAllText(_lake.LogFile(LogName.Commit(2)), "{\"add\":");
        var broken = await Assert.ThrowsAsync<BrokenInputException>(() => _lake.OpenAsync());
        Assert.Equal(_lake.LogFile(LogName.Commit(2)) + ":3", broken.Where);
        File.Delete(_lake.LogFile(LogName.Commit(2)));
        var gap = await Assert.ThrowsAsync<BrokenInputException>(() => _lake.OpenAsync());
        Assert.Equal(_lake.LogFile(LogName.Commit(2)), gap.Where);
    }

    [Fact]
    public async Task A_version_is_found_by_number_and_by_time()
    {
        var table = await _lake.NewTableAsync();
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        // The third commit's clock went backwards: it counts as a millisecond after the second.
        int[] minutes = [0, 10, 5, 20];
        for (var i = 1; i <= 3; i++) await table.AppendAsync([TestLake.FileOf($"f{i}")], [], default);
        for (var i = 0; i <= 3; i++) File.SetLastWriteTimeUtc(_lake.LogFile(LogName.Commit(i)), start.AddMinutes(minutes[i]));
        var startUs = (start - DateTime.UnixEpoch).Ticks / 10;
        Assert.Equal(0, (await table.AtTimeAsync(startUs, default)).Version);
        Assert.Equal(0, (await table.AtTimeAsync(startUs + 599_999_999, default)).Version);
        Assert.Equal(1, (await table.AtTimeAsync(startUs + 600_000_999, default)).Version);
        Assert.Equal(2, (await table.AtTimeAsync(startUs + 600_001_000, default)).Version);
        Assert.Equal(3, (await table.AtTimeAsync(long.MaxValue, default)).Version);
        var early = await Assert.ThrowsAsync<BrokenInputException>(() => table.AtTimeAsync(startUs - 1, default));
        Assert.Contains("version 0", early.Expected, StringComparison.Ordinal);
        Assert.Equal(["f1", "f2"], TestLake.Keys(await table.AtVersionAsync(2, default)));
        await Assert.ThrowsAsync<BrokenInputException>(() => table.AtVersionAsync(4, default));
    }

    [Fact]
    public async Task The_log_is_cleaned_up_behind_a_checkpoint_that_is_old_itself()
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 25; i++) await table.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default);
        _lake.AgeLog();
        foreach (var version in Enumerable.Range(15, 11)) Touch(LogName.Commit(version));
        Touch(LogName.Checkpoint(20));
        var deleted = await table.CleanUpLogAsync(default);
        Assert.Equal(Enumerable.Range(0, 10).Select(version => LogName.Commit(version)), deleted.Select(Path.GetFileName));
        Assert.Equal(15, (await table.AtVersionAsync(15, default)).FileCount);
        await Assert.ThrowsAsync<BrokenInputException>(() => table.AtVersionAsync(9, default));
        Assert.Empty(await table.CleanUpLogAsync(default));
    }

    [Fact]
    public async Task A_log_whose_checkpoint_cannot_be_read_is_not_cleaned_up()
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 12; i++) await table.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default);
        File.WriteAllText(_lake.LogFile(LogName.Checkpoint(10)), "no Parquet");
        _lake.AgeLog();
        await Assert.ThrowsAsync<BrokenInputException>(() => table.CleanUpLogAsync(default));
        Assert.True(File.Exists(_lake.LogFile(LogName.Commit(0))));
    }

    [Fact]
    public async Task A_table_of_a_later_writer_version_is_read_and_left_alone()
    {
        var table = await _lake.NewTableAsync();
        await table.AppendAsync([TestLake.FileOf("a")], [], default);
        await File.WriteAllBytesAsync(_lake.LogFile(LogName.Commit(2)), ActionWriter.WriteCommit([new ProtocolAction(1, 4)]));
        Assert.Equal(["a"], TestLake.Keys(await table.RefreshAsync(default)));
        Assert.Contains("changeDataFeed", Assert.Throws<RefusedException>(() => table.Begin()).Found, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => table.CheckpointAsync(default));
        await Assert.ThrowsAsync<RefusedException>(() => table.CleanUpLogAsync(default));
        await Assert.ThrowsAsync<RefusedException>(() => table.VacuumAsync(new VacuumOptions(), default));
    }

    [Fact]
    public async Task A_cited_version_keeps_its_log_and_its_files()
    {
        var cited = Task.FromResult<IReadOnlyCollection<long>>([12]);
        using var lake = new TestLake(options => options with { CitedVersions = (_, _) => cited });
        var table = await lake.NewTableAsync();
        for (var i = 1; i <= 25; i++) await table.ReplaceAsync([lake.Write($"f{i:D2}", i)], [], default);
        lake.AgeLog();
        await table.CleanUpLogAsync(default);
        lake.Clock.Now += TimeSpan.FromDays(8);
        var report = await table.VacuumAsync(new VacuumOptions(), default);
        Assert.Equal(23, report.Deleted.Length);
        Assert.Equal(["2024-01-02|A|12"], await lake.RowsAsync(table, await table.AtVersionAsync(12, default)));
        Assert.Equal(["2024-01-02|A|25"], await lake.RowsAsync(table, table.Snapshot));
        Assert.False(File.Exists(lake.LogFile(LogName.Commit(9))));
        Assert.True(File.Exists(lake.LogFile(LogName.Checkpoint(10))));
    }

    [Fact]
    public async Task Cleanup_comes_by_itself_with_a_checkpoint()
    {
        var table = await _lake.NewTableAsync();
        for (var i = 1; i <= 19; i++) await table.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default);
        _lake.AgeLog();
        _lake.Clock.Now += TimeSpan.FromDays(2);
        Assert.Null((await table.AppendAsync([TestLake.FileOf("f20")], [], default)).UpkeepFailure);
        Assert.False(File.Exists(_lake.LogFile(LogName.Commit(9))));
        Assert.Equal(20, (await _lake.OpenAsync()).Snapshot.FileCount);
    }

    [Fact]
    public async Task A_checkpoint_that_fails_does_not_fail_the_commit()
    {
        await _lake.NewTableAsync();
        var rules = new FaultPlan { Rules = [new FaultRule(StoreFault.ServerError, StoreOperation.Upload, "checkpoint", Times: 9)] };
        var table = await _lake.OpenAsync(new FaultStore(_lake.Store(), rules));
        for (var i = 1; i <= 9; i++) Assert.Null((await table.AppendAsync([TestLake.FileOf($"f{i}")], [], default)).UpkeepFailure);
        Assert.IsType<StoreException>((await table.AppendAsync([TestLake.FileOf("f10")], [], default)).UpkeepFailure);
        Assert.Empty(Checkpoints());
        Assert.Equal(10, (await _lake.OpenAsync()).Snapshot.FileCount);
        Assert.Empty(Directory.GetFiles(_lake.Options.WorkFolder));
    }

    [Fact]
    public async Task Vacuum_deletes_what_no_version_within_retention_has()
    {
        var table = await _lake.NewTableAsync();
        await table.AppendAsync([_lake.Write("old", 1), _lake.Write("kept", 2)], [], default);
        var transaction = table.Begin();
        transaction.Remove(table.Snapshot.Files.Single(file => file.Key.Contains("old", StringComparison.Ordinal)));
        await transaction.CommitAsync("DELETE", null, default);
        _lake.Write("stray", 3);
        var young = _lake.Write("young", 4);
        File.SetLastWriteTimeUtc($"{_lake.Folder}/bronze/market/{young.Key}", _lake.Clock.Now.UtcDateTime.AddDays(5));
        File.WriteAllText($"{_lake.Folder}/bronze/market/_note", "somebody's");
        Assert.Empty(Names(await table.VacuumAsync(new VacuumOptions { IsDryRun = true }, default)));
        _lake.Clock.Now += TimeSpan.FromDays(8);
        Assert.Equal(["old", "stray"], Names(await table.VacuumAsync(new VacuumOptions { IsDryRun = true }, default)));
        var report = await table.VacuumAsync(new VacuumOptions(), default);
        Assert.Equal(["old", "stray"], Names(report));
        Assert.False(report.IsDryRun);
        Assert.True(report.SizeBytes > 0);
        Assert.Equal(["2024-01-02|A|2"], await _lake.RowsAsync(table, table.Snapshot));
        Assert.True(File.Exists($"{_lake.Folder}/bronze/market/{young.Key}"));
        Assert.True(File.Exists($"{_lake.Folder}/bronze/market/_note"));
    }

    [Fact]
    public async Task Compaction_packs_small_files_of_a_partition_and_changes_no_row()
    {
        var table = await _lake.NewTableAsync();
        DataFile[] files = [.. Enumerable.Range(0, 7).Select(i => TestLake.FileOf($"f{i}", 1, i < 5 ? "2024-01-02" : "2024-01-03"))];
        await table.AppendAsync([.. files, TestLake.FileOf("big", 9) with { SizeBytes = 1000 }], [], default);
        var read = table.Snapshot;
        var bins = table.PlanCompaction(new CompactionOptions { SmallBytes = 500, TargetBytes = 300 });
        Assert.Equal(
            ["day=2024-01-02 f0 f1 f2", "day=2024-01-02 f3 f4", "day=2024-01-03 f5 f6"],
            bins.Select(bin => $"{bin.PartitionValues} {string.Join(' ', bin.Files.Select(file => Name(file.Key)))}"));
        await Assert.ThrowsAsync<RefusedException>(() => table.CompactAsync(read, [(bins[0], [TestLake.FileOf("c", 2)])], default));
        await table.AppendAsync([TestLake.FileOf("new")], [], default);
        var other = TestLake.FileOf("c2", 2, "2024-01-03");
        var result = await table.CompactAsync(read, [(bins[0], [TestLake.FileOf("c0", 3)]), (bins[2], [other])], default);
        Assert.Equal(["big", "c0", "f3", "f4", "new", "c2"], TestLake.Keys(result.Snapshot));
        Assert.Equal(17, result.Snapshot.RowCount);
        var commit = await table.Log.ReadCommitAsync(result.Version, default);
        Assert.All(commit!.OfType<AddFile>(), add => Assert.False(add.IsDataChange));
        Assert.All(commit!.OfType<RemoveFile>(), remove => Assert.False(remove.IsDataChange));
    }

    static string[] Names(VacuumReport report) => [.. report.Deleted.Select(entry => Name(entry.Key)).Order(StringComparer.Ordinal)];

    static string Name(string key) => Path.GetFileNameWithoutExtension(key);

    IEnumerable<string> Checkpoints() => Directory.GetFiles(_lake.LogFile(""), "*.checkpoint.parquet")
        .Select(path => Path.GetFileName(path)[..20].TrimStart('0')).Order(StringComparer.Ordinal);

    void Touch(string name) => File.SetLastWriteTimeUtc(_lake.LogFile(name), _lake.Clock.Now.UtcDateTime.AddDays(-1));
}
