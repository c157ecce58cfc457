using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Many processes that append to one table without anything between them but the store.</summary>
[Collection(S3Collection.Name)]
public sealed class AppenderProcessTests(RadosGateway gateway)
{
    const int Writers = 8;

    [Fact]
    public Task Of_8_processes_on_disk_every_commit_is_there_once() => AppendAsync(TortureLake.OnDisk(), commits: 250);

    [SkippableFact]
    public Task Of_8_processes_on_S3_every_commit_is_there_once() => AppendAsync(TortureLake.OnS3(gateway), commits: 250);

    /// <summary>Each is killed once, at whatever it does when another commit becomes known, and another one takes its place.</summary>
    [Fact]
    public async Task Processes_killed_in_the_midst_of_the_others_lose_nothing()
    {
        // Held back after a part of its commits, none has done all of them before its turn to be killed.
        const int Killed = 3, Commits = 60, Held = 25;
        using var lake = TortureLake.OnDisk();
        var writers = Enumerable.Range(0, Killed).Select(writer => lake.Start(writer, Commits, heldAfter: Held)).ToList();
        for (var writer = 0; writer < Killed; writer++)
        {
            Assert.True(await writers[(writer + 1) % Killed].CommittedAsync());
            writers[writer].Kill();
            Assert.Equal(WriterProcess.KilledExitCode, await writers[writer].EndAsync());
            writers[writer] = lake.Start(writer, Commits, heldAfter: Held);
        }

        foreach (var writer in writers) writer.GoOn();
        foreach (var writer in writers) await writer.DoneAsync();
        await lake.DemandWholeAsync(Killed, Commits);
    }

    /// <summary>The gateway dies by SIGKILL while requests are on their way, and comes back.</summary>
    [SkippableFact]
    public async Task A_gateway_killed_and_restarted_under_appenders_loses_nothing()
    {
        const int Appenders = 3, Commits = 30, Kills = 3;
        using var lake = TortureLake.OnS3(gateway);
        Skip.If(gateway.IsForeign, "the server of KSTOCK_S3_ENDPOINT isn't ours to kill");
        var writers = Enumerable.Range(0, Appenders).Select(writer => lake.Start(writer, Commits)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            Assert.True(await writers[kill % Appenders].CommittedAsync());
            gateway.Kill();
            gateway.Restart();
        }

        foreach (var writer in writers) await writer.DoneAsync();
        await lake.DemandWholeAsync(Appenders, Commits);
    }

    static async Task AppendAsync(TortureLake lake, int commits)
    {
        using (lake)
        {
            var writers = Enumerable.Range(0, Writers).Select(writer => lake.Start(writer, commits)).ToList();
            foreach (var writer in writers) await writer.DoneAsync();
            await lake.DemandWholeAsync(Writers, commits);
            Assert.All(writers, writer => Assert.Equal(commits, writer.Told.Count));
        }
    }
}
