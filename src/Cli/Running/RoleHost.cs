using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>What the roles that are processes of their own have in common.</summary>
static class RoleHost
{
    /// <summary>A role of its own has no embedded broker.</summary>
    public static void RequireBootstrap(VerbContext context)
    {
        var bootstrap = SettingTable.Bootstrap;
        if (context.Values.TextOrNull(bootstrap) is not null) return;
        context.Problem($"{bootstrap.Flag}: found nothing; expected {bootstrap.Expected} (or {bootstrap.Variable})");
    }

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
