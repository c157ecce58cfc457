using System.CommandLine;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock topology</c>: the Topology as a process of its own.</summary>
static class TopologyVerb
{
    public static Command Build() => Verb.Create(
        "topology",
        """
        Windows ticks into bars, keeps the replay buffers, and publishes micro-batches, until Ctrl-C.

        Example:
          kstock topology --bootstrap HOST:9092 --tick-intervals 1m,5m
        """,
        [.. SettingTable.Client, .. SettingTable.Host, .. SettingTable.TopologyFold],
        async (context, cancellation) =>
        {
            context.ThrowIfProblems();
            var fold = FoldOptions.Topology(context.Values);
            var host = new FoldHost<MarketMessage, TopologyState>(
                () => new TopologyFold(fold), StackSettings.Client(context.Values), RoleHost.Options(context.Values));
            return await RoleHost.RunAsync(host.RunAsync, cancellation);
        }).Requiring(SettingTable.Bootstrap);
}
