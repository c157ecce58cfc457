namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What is wrong with a table is found, whatever it is: a check that can't fail shows nothing.</summary>
public sealed class TortureCheckTests : IDisposable
{
    const string Table = "torture";
    readonly TestLake _lake = new(options => options with { CheckpointVersions = 3 });

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_table_with_every_commit_is_whole_and_a_writer_goes_on_where_its_predecessor_was()
    {
        var told = new Dictionary<(int, long), long>();
        await AppendAsync(0, 2, told);
        await AppendAsync(1, 3, told);
        await AppendAsync(0, 3, told);
        Assert.Equal([1L, 2, 6], Enumerable.Range(1, 3).Select(number => told[(0, number)]));
        var report = await CheckAsync(2, 3, told);
        Assert.True(report.IsWhole);
        Assert.Equal((6, 6), (report.Expected, report.Found));
    }

    [Fact]
    public async Task A_commit_that_isn_t_there_is_lost()
    {
        await AppendAsync(0, 2);
        var report = await CheckAsync(1, 3);
        Assert.False(report.IsWhole);
        Assert.Equal(["0/3"], report.Lost);
        Assert.Equal(2, report.Found);
        Assert.Equal(["writer 0 is at 2 by the table's own word"], report.Wrong);
    }

    [Fact]
    public async Task Rows_that_are_gone_are_lost_though_the_log_tells_of_their_commit()
    {
        await AppendAsync(0, 2);
        var table = await _lake.Lake.OpenAsync(Table, default);
        var transaction = table.Begin();
        transaction.Remove(table.Snapshot.Files.First());
        await transaction.CommitAsync("DELETE", null, default);
        var report = await CheckAsync(1, 2);
        Assert.Single(report.Lost);
        Assert.Contains("version 3 has 0 writers; expected one", report.Wrong);
        Assert.Contains("the newest checkpoint has other files than the log", report.Wrong);
    }

    [Fact]
    public async Task Rows_that_came_again_are_twice()
    {
        await AppendAsync(0, 1);
        var table = await _lake.Lake.OpenAsync(Table, default);
        var file = table.Snapshot.Files.Single();
        var copy = Path.Combine(_lake.Folder, Table, "copy.parquet");
        File.Copy(Path.Combine(_lake.Folder, Table, file.Key), copy);
        var again = new DataFile("copy.parquet", table.Snapshot.Schema, file.SizeBytes, 0) { StatsJson = file.StatsJson };
        await table.AppendAsync([again], [new("torture/0", 2)], default);
        var report = await CheckAsync(1, 2);
        Assert.Equal(["0/1"], report.Twice);
        Assert.Equal(["0/2"], report.Lost);
    }

    [Fact]
    public async Task A_version_that_was_told_and_is_another_s_is_wrong()
    {
        await AppendAsync(0, 1);
        var report = await CheckAsync(1, 1, new() { [(0, 1)] = 7 });
        Assert.Equal(["0/1 was told version 7, which isn't its"], report.Wrong);
        Assert.Equal(["1/1 was never to be made"], (await CheckMoreAsync()).Wrong);
    }

    async Task<TortureReport> CheckMoreAsync()
    {
        await AppendAsync(1, 1);
        return await CheckAsync(1, 1);
    }

    Task AppendAsync(int writer, long commits, Dictionary<(int, long), long>? told = null) =>
        new TortureWriter(_lake.Lake, Table, writer).RunAsync(
            commits, (number, version, _) => told?.Add((writer, number), version), default);

    Task<TortureReport> CheckAsync(int writers, long commits, Dictionary<(int Writer, long Number), long>? told = null) =>
        TortureCheck.RunAsync(_lake.Lake, Table, writers, commits, told ?? [], default);
}
