using Kafka.Stock.BatchJob;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>What a <see cref="Stack"/> runs.</summary>
sealed record StackOptions
{
    /// <summary>The broker; null for an embedded one.</summary>
    public KafkaOptions? Kafka { get; init; }

    /// <summary>Takes all that is observed, with its place; null for nobody.</summary>
    public TopicTap? Tap { get; init; }

    /// <summary>Partitions of an embedded broker's topics.</summary>
    public int Partitions { get; init; } = 24;

    /// <summary>Milliseconds between commits.</summary>
    public int CommitIntervalMs { get; init; } = 100;

    public TopologyOptions Topology { get; init; } = new();

    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>How champions are retrained at month ends of event time; null for never.</summary>
    public RetrainOptions? Retrain { get; init; }

    /// <summary>The quality gate before a retrain; null for none.</summary>
    public QualityOptions? Gate { get; init; } = new();

    /// <summary>Told of what happens in the hosts, on their threads.</summary>
    public Action<StreamEvent>? Events { get; init; }

    /// <summary>Told of each learning step, on the Trainer's thread; null for none.</summary>
    public Action<LearningStep>? OnStep { get; init; }
}
