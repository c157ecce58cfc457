using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A writer process killed by SIGKILL at each step of a commit: nothing of it is tidied up. <see cref="KilledWriterTests"/> has
/// every request there is, in one process.</summary>
[Collection(S3Collection.Name)]
public sealed class KilledProcessTests(RadosGateway gateway)
{
    const int Commits = 12;

    /// <summary>Version 10 has a checkpoint; each writer would make 12 commits.</summary>
    public static TheoryData<string, int> Deaths { get; } = new()
    {
        { "before:Upload:.zstd.parquet", 0 },
        { "after:Upload:.zstd.parquet", 0 },
        { "before:PutIfAbsent:00000000000000000003.json", 2 },
        { "after:PutIfAbsent:00000000000000000003.json", 3 },
        { "before:Upload:.checkpoint.parquet", 10 },
        { "after:Upload:.checkpoint.parquet", 10 },
        { "before:Put:_last_checkpoint", 10 },
        { "after:Put:_last_checkpoint", 10 },
    };

    [Theory, MemberData(nameof(Deaths))]
    public Task On_disk_the_table_reads_as_before_or_after_and_the_next_writer_goes_on(string death, int commits) =>
        KillAsync(TortureLake.OnDisk, death, commits);

    [SkippableTheory, MemberData(nameof(Deaths))]
    public Task On_S3_the_table_reads_as_before_or_after_and_the_next_writer_goes_on(string death, int commits) =>
        KillAsync(() => TortureLake.OnS3(gateway), death, commits);

    static async Task KillAsync(Func<TortureLake> open, string death, int commits)
    {
        using var lake = open();
        var killed = lake.Start(writer: 0, Commits, DeathPlan.Parse(death));
        Assert.Equal(WriterProcess.KilledExitCode, await killed.EndAsync());
        Assert.InRange(killed.Told.Count, commits - 1, commits);
        await lake.DemandWholeAsync(writers: 1, commits);
        await lake.AppendAsync(writer: 0, Commits);
        await lake.DemandWholeAsync(writers: 1, Commits);
    }
}
