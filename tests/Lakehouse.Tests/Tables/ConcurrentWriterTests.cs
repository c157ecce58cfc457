using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ConcurrentWriterTests : IDisposable
{
    readonly TestLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public Task Of_8_appenders_every_commit_is_there_once() => ConcurrentAppenders.RunAsync(_lake, commitsEach: 25);

    [Fact]
    public async Task Tasks_may_share_one_instance()
    {
        var table = await _lake.NewTableAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Task.Run(() => table.AppendAsync([TestLake.FileOf($"f{i:D2}")], [], default))));
        Assert.Equal((40, 40), ((int)table.Snapshot.Version, table.Snapshot.FileCount));
        await ConcurrentAppenders.AssertEachFileIsAddedOnceAsync(table);
    }

    [Fact]
    public async Task Readers_see_the_old_rows_or_the_new_and_never_a_mixture()
    {
        var table = await _lake.NewTableAsync();
        await table.ReplaceAsync(Layer(0), [], default);
        using var done = new CancellationTokenSource();
        var looking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reader = Task.Run(async () =>
        {
            var other = await _lake.OpenAsync();
            var seen = 0;
            while (!done.IsCancellationRequested)
            {
                var layers = TestLake.Keys(await other.RefreshAsync(default)).Select(key => key.Split('-')[0]).ToList();
                Assert.Equal(3, layers.Count);
                Assert.Single(layers.Distinct());
                seen++;
                looking.TrySetResult();
            }

            return seen;
        });
        // All layers may be written before a reader on a busy machine has its first look.
        await Task.WhenAny(looking.Task, reader);
        for (var layer = 1; layer <= 30; layer++) await table.ReplaceAsync(Layer(layer), [], default);
        await done.CancelAsync();
        Assert.True(await reader > 0);

        static DataFile[] Layer(int number) => [.. Enumerable.Range(0, 3).Select(i => TestLake.FileOf($"l{number}-{i}"))];
    }

    /// <summary>Two instances that refresh, append, replace and remove in any order do what one after the other would: each commit that
    /// succeeds is applied to a plain set of names in order of the versions, and the table is that set at every version.</summary>
    [Fact]
    public void Interleaved_commits_equal_a_serial_model() => Prop.ForAll(Steps().ToArbitrary(), steps =>
    {
        using var lake = new TestLake(options => options with { CheckpointVersions = 3 });
        RunAsync(lake, steps).GetAwaiter().GetResult();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(11, 1));

    static Gen<List<(int Instance, int Action)>> Steps() =>
        from count in Gen.Choose(1, 14)
        from steps in (from instance in Gen.Choose(0, 1) from action in Gen.Choose(0, 4) select (instance, action)).ListOf(count)
        select steps.ToList();

    static async Task RunAsync(TestLake lake, List<(int Instance, int Action)> steps)
    {
        DeltaTable[] tables = [await lake.NewTableAsync(), await lake.OpenAsync()];
        var model = new List<SortedSet<string>> { new(StringComparer.Ordinal) };
        foreach (var (index, step) in steps.Index())
        {
            var table = tables[step.Instance];
            var readVersion = (int)table.Snapshot.Version;
            if (step.Action == 0)
            {
                await table.RefreshAsync(default);
                Assert.Equal(model.Count - 1, table.Snapshot.Version);
                continue;
            }

            var (first, name) = (TestLake.Keys(table.Snapshot).FirstOrDefault(), $"f{index:D2}");
            var isOld = readVersion != model.Count - 1;
            var before = model[^1];
            var after = new SortedSet<string>(before, StringComparer.Ordinal);
            var mayConflict = false;
            Task<CommitResult> commit;
            if (step.Action is 1 or 2 || first is null)
            {
                commit = table.AppendAsync([TestLake.FileOf(name)], [], default);
                after.Add(name);
            }
            else if (step.Action == 3)
            {
                commit = table.ReplaceAsync([TestLake.FileOf(name)], [], default);
                mayConflict = isOld;
                after = new(StringComparer.Ordinal) { name };
            }
            else
            {
                var transaction = table.Begin();
                transaction.Remove(table.Snapshot.Files.First());
                commit = transaction.CommitAsync("DELETE", null, default);
                mayConflict = !before.Contains(first);
                after.Remove(first);
            }

            try
            {
                Assert.Equal(model.Count, (await commit).Version);
                Assert.False(mayConflict, $"step {index} on version {readVersion} stood, though its ground had changed");
                model.Add(after);
            }
            catch (ConflictException)
            {
                Assert.True(mayConflict, $"step {index} on version {readVersion} was a conflict");
            }
        }

        var reread = await lake.OpenAsync();
        for (var version = 0; version < model.Count; version++)
        {
            Assert.Equal(model[version], TestLake.Keys(await reread.AtVersionAsync(version, default)));
        }
    }
}
