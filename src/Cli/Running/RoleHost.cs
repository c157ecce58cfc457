using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>What the roles that are processes of their own have in common.</summary>
static class RoleHost
{
    public static FoldHostOptions Options(SettingValues values) => new()
    {
        CommitIntervalMs = (int)values.Whole(SettingTable.CommitIntervalMs),
        Events = EventLog.FromSettings(values).Write,
    };

    /// <summary>Runs a role until Ctrl-C, which is the usual end of it.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> role, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync("kstock: running; Ctrl-C stops");
        await role(cancellation);
        await Console.Error.WriteLineAsync("kstock: stopped");
        return ExitCode.Done;
    }
}
