using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake</c>: the tables that others read.</summary>
static class LakeVerb
{
    public static Command Build()
    {
        var lake = new Command(
            "lake",
            """
            Delta tables on disk or S3: bronze is the memory of the topics, silver and gold are made from it (docs/lakehouse.md).

            Examples:
              kstock lake sync --bootstrap HOST:9092 --lake s3://bucket/stock
              kstock lake rebuild
              kstock lake query "select series, count(*) from gold.features group by 1 order by 1"
            """);
        foreach (var verb in Verbs()) lake.Add(verb);
        return lake;
    }

    static IEnumerable<Command> Verbs() =>
    [
        LakeSyncVerb.Build(), LakeRebuildVerb.Build(), LakeCheckVerb.Build(), LakeSkewVerb.Build(), LakeQueryVerb.Build(),
        LakeShowVerb.Build(), LakeShowVerb.BuildHistory(), LakeUpkeepVerb.BuildOptimize(), LakeUpkeepVerb.BuildVacuum(),
    ];
}
