using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class TransactionTests : IDisposable
{
    readonly TestLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_table_is_made_once_and_opened_by_the_others()
    {
        var tables = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _lake.NewTableAsync())));
        Assert.All(tables, table => Assert.Equal(0, table.Snapshot.Version));
        Assert.Single(tables.Select(table => table.Snapshot.Metadata.Id).Distinct());
        Assert.True(await _lake.Lake.HasAsync("bronze/market", default));
        Assert.False(await _lake.Lake.HasAsync("bronze", default));
    }

    [Fact]
    public async Task A_table_of_another_schema_or_partitioning_is_refused()
    {
        await _lake.NewTableAsync();
        await Assert.ThrowsAsync<RefusedException>(() => _lake.NewTableAsync(one => one with { PartitionColumns = ["symbol"] }));
        var other = TestLake.Schema.Fields.SetItem(2, new StructField("volume", DeltaType.Float64));
        var error = await Assert.ThrowsAsync<RefusedException>(() => _lake.NewTableAsync(one => one with { Schema = new(other) }));
        Assert.Equal(("column volume of long", "double"), (error.Found, error.Expected));
    }

    [Fact]
    public async Task Files_are_in_the_table_after_their_commit_and_for_others_after_a_refresh()
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        var result = await one.AppendAsync([TestLake.FileOf("a", 3), TestLake.FileOf("b", 4)], [], default);
        Assert.Equal((1, true, 0, 7L), (result.Version, result.IsNew, result.LostRaces, result.Snapshot.RowCount));
        Assert.Equal(["a", "b"], TestLake.Keys(one.Snapshot));
        Assert.Equal(0, other.Snapshot.Version);
        Assert.Equal(["a", "b"], TestLake.Keys(await other.RefreshAsync(default)));
        Assert.Equal(1, other.Snapshot.Version);
    }

    [Fact]
    public async Task Appends_of_two_writers_both_stand()
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        await one.AppendAsync([TestLake.FileOf("a")], [], default);
        await one.AppendAsync([TestLake.FileOf("b")], [], default);
        var result = await other.AppendAsync([TestLake.FileOf("c")], [], default);
        Assert.Equal((3, 1), (result.Version, result.LostRaces));
        Assert.Equal(["a", "b", "c"], TestLake.Keys(result.Snapshot));
    }

    [Fact]
    public async Task A_replacement_against_an_append_is_a_conflict_and_changes_nothing()
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        await one.AppendAsync([TestLake.FileOf("a")], [], default);
        var error = await Assert.ThrowsAsync<ConflictException>(() => other.ReplaceAsync([TestLake.FileOf("b")], [], default));
        Assert.EndsWith("version 1", error.Where, StringComparison.Ordinal);
        Assert.Contains("a.parquet added", error.Found, StringComparison.Ordinal);
        Assert.Equal(["a"], TestLake.Keys(await other.RefreshAsync(default)));
        await other.ReplaceAsync([TestLake.FileOf("b")], [], default);
        Assert.Equal(["b"], TestLake.Keys(await one.RefreshAsync(default)));
        Assert.Equal("a", Path.GetFileNameWithoutExtension(Assert.Single(one.Snapshot.Tombstones).Key));
    }

    [Fact]
    public async Task An_append_against_a_replacement_stands()
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        await one.ReplaceAsync([TestLake.FileOf("a")], [], default);
        Assert.Equal(["a", "b"], TestLake.Keys((await other.AppendAsync([TestLake.FileOf("b")], [], default)).Snapshot));
    }

    [Theory]
    [InlineData("remove", "append elsewhere", false)]
    [InlineData("remove", "append here", false)]
    [InlineData("remove", "remove", true)]
    [InlineData("remove", "remove other", false)]
    [InlineData("read file", "remove", true)]
    [InlineData("read file", "append here", false)]
    [InlineData("read here", "append here", true)]
    [InlineData("read here", "append elsewhere", false)]
    [InlineData("read here", "remove", true)]
    [InlineData("read table", "append elsewhere", true)]
    [InlineData("append here", "remove", false)]
    [InlineData("append here", "metadata", true)]
    [InlineData("append here", "progress", false)]
    [InlineData("progress", "progress", true)]
    [InlineData("progress", "other progress", false)]
    [InlineData("append here", "same file", true)]
    [InlineData("metadata", "append here", false)]
    [InlineData("metadata", "metadata", true)]
    public async Task What_changes_the_ground_of_a_commit_is_a_conflict_and_nothing_else(string ours, string winner, bool isConflict)
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        await one.AppendAsync([TestLake.FileOf("x"), TestLake.FileOf("y")], [], default);
        await other.RefreshAsync(default);
        var transaction = other.Begin();
        Do(transaction, ours, "ours");
        transaction.Add(TestLake.FileOf("result", day: "2024-02-01"));
        var winning = one.Begin();
        Do(winning, winner, "winner");
        await winning.CommitAsync("WIN", null, default);
        if (isConflict) await Assert.ThrowsAsync<ConflictException>(() => transaction.CommitAsync("LOSE", null, default));
        else Assert.Equal(3, (await transaction.CommitAsync("REBASE", null, default)).Version);
    }

    static void Do(Transaction transaction, string what, string name)
    {
        var (x, y) = (transaction.Read.Files.First(), transaction.Read.Files.Last());
        switch (what)
        {
            case "remove": transaction.Remove(x); break;
            case "remove other": transaction.Remove(y); break;
            case "read file": transaction.ReadFile(x); break;
            case "read here": transaction.ReadPartitions(values => values["day"] == "2024-01-02"); break;
            case "read table": transaction.ReadWholeTable(); break;
            case "append here": transaction.Add(TestLake.FileOf(name)); break;
            case "same file": transaction.Add(TestLake.FileOf("ours")); break;
            case "append elsewhere": transaction.Add(TestLake.FileOf(name, day: "2024-01-03")); break;
            case "metadata": transaction.SetProperty("note", name); break;
            case "progress": transaction.SetProgress("app", 7); break;
            case "other progress": transaction.SetProgress($"app of {name}", 7); break;
            default: throw new ArgumentException(what, nameof(what));
        }
    }

    [Fact]
    public async Task Progress_is_committed_with_the_rows_and_the_same_append_again_changes_nothing()
    {
        var table = await _lake.NewTableAsync();
        AppTransaction[] progress = [new("lake/t/0", 10), new("lake/t/1", 20)];
        Assert.True((await table.AppendAsync([TestLake.FileOf("a")], progress, default)).IsNew);
        var again = await table.AppendAsync([TestLake.FileOf("b")], progress, default);
        Assert.Equal((false, 1), (again.IsNew, again.Version));
        Assert.Equal([10L, 20L, null], new[] { "lake/t/0", "lake/t/1", "x" }.Select(table.Snapshot.ProgressOf));
        AppTransaction[] mixed = [new("lake/t/0", 10), new("lake/t/1", 21)];
        await Assert.ThrowsAsync<ConflictException>(() => table.AppendAsync([TestLake.FileOf("c")], mixed, default));
        Assert.Equal(["a"], TestLake.Keys(await table.RefreshAsync(default)));
    }

    [Fact]
    public async Task Of_two_writers_of_one_application_the_second_is_stopped()
    {
        var (one, other) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        await one.AppendAsync([TestLake.FileOf("a")], [new("app", 5)], default);
        await Assert.ThrowsAsync<ConflictException>(() => other.AppendAsync([TestLake.FileOf("b")], [new("app", 5)], default));
        await other.RefreshAsync(default);
        Assert.False((await other.AppendAsync([TestLake.FileOf("b")], [new("app", 5)], default)).IsNew);
    }

    [Fact]
    public async Task Races_without_end_end_in_an_error()
    {
        using var lake = new TestLake(options => options with { CommitTriesMax = 1 });
        var table = await lake.NewTableAsync();
        await table.AppendAsync([TestLake.FileOf("a")], [], default);
        var other = await lake.OpenAsync();
        await table.AppendAsync([TestLake.FileOf("b")], [], default);
        var error = await Assert.ThrowsAsync<ConflictException>(() => other.AppendAsync([TestLake.FileOf("c")], [], default));
        Assert.Contains("1 races lost", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_says_who_did_what()
    {
        var table = await _lake.NewTableAsync();
        await table.AppendAsync([TestLake.FileOf("a", 5)], [], default);
        await table.ReplaceAsync([TestLake.FileOf("b", 6)], [], default);
        var history = new List<HistoryEntry>();
        await foreach (var entry in table.HistoryAsync(default)) history.Add(entry);
        Assert.Equal(["2 WRITE Overwrite", "1 WRITE Append", "0 CREATE TABLE "], history.Select(entry =>
            $"{entry.Version} {entry.Info!.Operation} {entry.Info.OperationParameters.GetValueOrDefault("mode")}"));
        Assert.Equal([false, true, true], history.Select(entry => entry.Info!.IsBlindAppend));
        Assert.Equal("1", history[0].Info!.OperationMetrics["numRemovedFiles"]);
        Assert.Equal("6", history[0].Info!.OperationMetrics["numOutputRows"]);
        var info = history[0].Info!;
        Assert.Equal((1L, 1_577_836_800_000, "Kafka.Stock/0.1.0"), (info.ReadVersion, info.TimestampMs, info.EngineInfo));
    }

    [Fact]
    public async Task A_transaction_commits_once()
    {
        var transaction = (await _lake.NewTableAsync()).Begin();
        await transaction.CommitAsync("NOTHING", null, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync("AGAIN", null, default));
    }

    [Fact]
    public async Task An_instance_that_slept_while_the_log_was_cleaned_up_writes_no_version_twice()
    {
        var (sleeper, worker) = (await _lake.NewTableAsync(), await _lake.OpenAsync());
        for (var i = 1; i <= 12; i++) await worker.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default);
        Assert.True(File.Exists(_lake.LogFile(LogName.Commit(0))));
        _lake.AgeLog();
        _lake.Clock.Now += TimeSpan.FromDays(2);
        Assert.NotEmpty(await worker.CleanUpLogAsync(default));
        Assert.False(File.Exists(_lake.LogFile(LogName.Commit(1))));
        await Assert.ThrowsAsync<ConflictException>(() => sleeper.AppendAsync([TestLake.FileOf("late")], [], default));
        Assert.False(File.Exists(_lake.LogFile(LogName.Commit(1))));
        Assert.Equal(12, (await sleeper.RefreshAsync(default)).Version);
        Assert.Equal(13, (await sleeper.AppendAsync([TestLake.FileOf("late")], [], default)).Version);
    }
}
