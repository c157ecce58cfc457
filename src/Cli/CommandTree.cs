using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary>All verbs of <c>kstock</c>.</summary>
static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand(
            """
            Kafka.Stock: an online-learning stock forecaster on Kafka.

            Examples:
              kstock demo                                   watch real ticks become scored forecasts
              kstock validate data/demo/AAPL.csv            say what is wrong with a file before anything runs
              kstock consume forecasts --bootstrap HOST:PORT
            """);
        foreach (var verb in Verbs()) root.Add(verb);
        return root;
    }

    static IEnumerable<Command> Verbs() =>
    [
        DemoVerb.Build(), RunVerb.Build(), IngestVerb.Build(), TopologyVerb.Build(), TrainerVerb.Build(), ConsumeVerb.Build(),
        BatchVerb.Build(), BacktestVerb.Build(), CompareVerb.Build(), ExplainVerb.Build(), LeaksVerb.Build(), ControlsVerb.Build(),
        TopicsVerb.Build(), ValidateVerb.Build(), SchemaVerb.Build(), LakeVerb.Build(), TortureVerb.Build(), BenchVerb.Build(),
        DoctorVerb.Build(),
        CompletionVerb.Build(),
    ];
}
