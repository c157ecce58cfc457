using System.Globalization;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>What the Trainer's fold reads besides its log. All of it goes into the epoch.</summary>
public sealed record TrainerOptions
{
    /// <summary>Hidden units of the network, 1 to 4,096.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>The optimiser.</summary>
    public AdamOptions Adam { get; init; } = new();

    /// <summary>Coverages promised by the intervals, rising, each within (0, 1).</summary>
    public IReadOnlyList<double> Levels { get; init; } = [0.8, 0.9, 0.95];

    /// <summary>Bars from a forecast to its label, 1 to 64.</summary>
    public int HorizonBars { get; init; } = 1;

    /// <summary>Rows that a micro-batch may hold at most, 1 to 64.</summary>
    public int BatchRowsMax { get; init; } = 64;

    /// <summary>The pipeline whose features the micro-batches hold.</summary>
    public FeaturePipeline Pipeline { get; init; } = FeaturePipeline.PriceV1;

    /// <summary>Seed of the networks' first weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Every value that changes a result, one text: its hash is the epoch.</summary>
    public string Canonical() => string.Create(
        CultureInfo.InvariantCulture,
        $"trainer-5;pipeline={Pipeline.Name}/{Pipeline.Version};hidden={HiddenUnits}"
            + $";lr={Adam.LearningRate:R};beta1={Adam.Beta1:R};beta2={Adam.Beta2:R}"
            + $";epsilon={Adam.Epsilon:R};decay={Adam.WeightDecay:R};clip={Adam.ClipNorm:R}"
            + $";loss={Adam.Loss};huber={Adam.HuberDelta:R}"
            + $";levels={LevelsText()};horizon={HorizonBars};seed={Seed}");

    string LevelsText() => string.Join(',', Levels.Select(level => level.ToString("R", CultureInfo.InvariantCulture)));
}
