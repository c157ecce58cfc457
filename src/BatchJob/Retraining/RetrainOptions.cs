using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>How champions are retrained, and what a candidate has to show before it replaces one.</summary>
public sealed record RetrainOptions
{
    const long HourUs = 3_600_000_000;

    /// <summary>How a candidate is trained.</summary>
    public TrainingRecipe Recipe { get; init; } = TrainingRecipe.Default;

    /// <summary>The Trainer that will use the models: sizes, optimiser of the online steps, horizon.</summary>
    public TrainerOptions Trainer { get; init; } = new();

    /// <summary>Youngest rows of a series that a candidate doesn't learn from before it is tested on them, 20 to 1,000; for daily bars
    /// one a session.</summary>
    public int HeldBackRows { get; init; } = 63;

    /// <summary>Rows to learn from that a series must have before its first retrain, 1 to 1,000,000.</summary>
    public int TrainRowsMin { get; init; } = 250;

    /// <summary>Rows to learn from that are remembered of a series at most, where the recipe doesn't need fewer; 1 to 1,000,000.</summary>
    public int TrainRowsKept { get; init; } = 20_000;

    /// <summary>By how much a candidate may be worse, as a share of the naive loss, above 0 and below 1.</summary>
    public double MarginShare { get; init; } = 0.005;

    /// <summary>Confidence of the one-sided bound, inside (.5, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Newey-West lag of the test in days, 0 to 60; at least horizon - 1 is used.</summary>
    public int LagDays { get; init; } = 5;

    /// <summary>From the instant of the retrain to the first bar end that a promotion applies to, microseconds; 0 to 30 days.</summary>
    public long EffectiveDelayUs { get; init; } = 6 * HourUs;

    /// <summary>Sessions after a retrain in which no drift alarm asks for another one, 0 to 10,000.</summary>
    public int DriftPauseSessions { get; init; } = 21;

    /// <summary>Seed of networks and shuffles.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Series trained at once, 1 to 1,024. No result depends on it.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Rows of training that a recipe can use, at most.</summary>
    internal int TrainRowsMax =>
        (int)Math.Min(TrainRowsKept, (long)Recipe.TrainRowsMax + Recipe.ValidationRows + Recipe.TestRows + (2L * Trainer.HorizonBars));

    /// <summary>The options, when all of them make sense.</summary>
    /// <exception cref="ConfigurationException">All faults at once.</exception>
    public RetrainOptions Validated()
    {
        List<string> faults = [.. Recipe.Adam.Faults(), .. Trainer.Adam.Faults()];
        Check(nameof(HeldBackRows), HeldBackRows, 20, 1_000);
        Check(nameof(TrainRowsMin), TrainRowsMin, 1, 1_000_000);
        Check(nameof(TrainRowsKept), TrainRowsKept, 1, 1_000_000);
        Check(nameof(MarginShare), MarginShare, 1e-9, 0.999_999);
        Check(nameof(Confidence), Confidence, 0.500_001, 0.999_999);
        Check(nameof(LagDays), LagDays, 0, 60);
        Check(nameof(EffectiveDelayUs), EffectiveDelayUs, 0, 30 * 24 * HourUs);
        Check(nameof(DriftPauseSessions), DriftPauseSessions, 0, 10_000);
        Check(nameof(Parallelism), Parallelism, 1, 1_024);
        if (TrainRowsKept < TrainRowsMin) faults.Add($"TrainRowsKept: found {Text(TrainRowsKept)}; expected at least TrainRowsMin");
        return faults.Count == 0 ? this : throw new ConfigurationException("retrain", string.Join("; ", faults), "values in their ranges");

        void Check(string name, double found, double min, double max)
        {
            if (!(found >= min && found <= max)) faults.Add($"{name} {Text(found)} outside {Text(min)} to {Text(max)}");
        }
    }

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
