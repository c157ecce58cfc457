using System.CommandLine;
using Kafka.Stock.Streaming;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock trainer</c>: the Trainer as a process of its own.</summary>
static class TrainerVerb
{
    public static Command Build() => Verb.Create(
        "trainer",
        """
        Scores, learns one step a micro-batch, and publishes forecasts, until Ctrl-C.

        Example:
          kstock trainer --bootstrap HOST:9092 --log-level debug
        """,
        [.. SettingTable.Client, .. SettingTable.Host, .. SettingTable.TrainerFold],
        async (context, cancellation) =>
        {
            context.ThrowIfProblems();
            var fold = FoldOptions.Trainer(context.Values);
            var log = EventLog.FromSettings(context.Values);
            var host = new FoldHost<TrainerMessage, TrainerState>(
                () => new TrainerFold(fold, log.OnStep), StackSettings.Client(context.Values), RoleHost.Options(context.Values));
            return await RoleHost.RunAsync(host.RunAsync, cancellation);
        }).Requiring(SettingTable.Bootstrap);
}
