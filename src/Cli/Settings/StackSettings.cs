using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;
using static Kafka.Stock.Cli.SettingTable;

namespace Kafka.Stock.Cli;

/// <summary>Settings as the options of what runs; they have been checked.</summary>
static class StackSettings
{
    /// <summary>All roles on an embedded broker.</summary>
    public static StackOptions Embedded(SettingValues values)
    {
        var log = EventLog.FromSettings(values);
        return new StackOptions
        {
            Partitions = (int)values.Whole(Partitions),
            CommitIntervalMs = (int)values.Whole(CommitIntervalMs),
            Topology = FoldOptions.Topology(values),
            Trainer = FoldOptions.Trainer(values),
            Retrain = values.Text(Retrain) == "monthly" ? FoldOptions.Retrain(values) : null,
            Gate = FoldOptions.Gate(values),
            Events = log.Write,
            OnStep = log.OnStep,
        };
    }

    /// <summary>Adds what a stack that runs can't do with the settings.</summary>
    public static void Check(VerbContext context)
    {
        const string onDrift = "on-drift";
        if (context.Values.Text(Retrain) == onDrift)
            context.Problem($"{Retrain.Flag}: found {onDrift}; expected monthly or never: only a simulation retrains on drift");
    }

    /// <summary>All roles on the broker that is set, else on an embedded one.</summary>
    public static StackOptions Any(SettingValues values) =>
        Embedded(values) with { Kafka = values.TextOrNull(Bootstrap) is null ? null : Client(values) };

    /// <summary>How to reach the broker that is set.</summary>
    public static KafkaOptions Client(SettingValues values) => new KafkaOptions
    {
        BootstrapServers = values.Text(Bootstrap),
        Properties = KafkaOptions.ParseProperties(PropertyFiles.Resolve(values.Lines(SettingTable.Kafka))),
    }.Validated();

    /// <summary>What to read.</summary>
    public static FileReplayOptions Files(SettingValues values, IReadOnlyList<string> paths) => new()
    {
        Paths = paths,
        SourceName = values.TextOrNull(Source),
        Reference = FoldOptions.ReferenceSymbol(values),
        DefaultCalendar = values.Text(SettingTable.Calendar),
    };
}
