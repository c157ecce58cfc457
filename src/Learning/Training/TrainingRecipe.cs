using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>How a batch model is trained.</summary>
public sealed record TrainingRecipe
{
    /// <summary>What daily bars support: the last 1,000 rows, ten epochs, no early stopping.</summary>
    public static TrainingRecipe Default { get; } = new();

    /// <summary>The recipe of the requirement: early stopping on a validation part, a test part behind it.</summary>
    public static TrainingRecipe Seed { get; } = new()
    {
        Name = "seed",
        TrainRowsMax = int.MaxValue,
        EpochsMax = 5000,
        PatienceEpochs = 10,
        ValidationRows = 2000,
        TestRows = 2000,
        WholeRowsMin = 8000,
        PartShare = 0.2,
    };

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Youngest training rows that are used, at least 1.</summary>
    public int TrainRowsMax { get; init; } = 1000;

    /// <summary>Most epochs, 1 to 100,000.</summary>
    public int EpochsMax { get; init; } = 10;

    /// <summary>Rows of a batch, 1 to <see cref="LearnerScratch.BatchRowsLimit"/>.</summary>
    public int BatchRows { get; init; } = 32;

    /// <summary>Epochs without a better validation loss after which training stops; 0 never stops early.</summary>
    public int PatienceEpochs { get; init; }

    /// <summary>By how much a validation loss must be lower to count as better, not below 0.</summary>
    public double LossDeltaMin { get; init; } = 1e-3;

    /// <summary>Rows of the validation part, before the test part.</summary>
    public int ValidationRows { get; init; }

    /// <summary>Rows of the test part, the youngest.</summary>
    public int TestRows { get; init; }

    /// <summary>With fewer rows than this, validation and test part are <see cref="PartShare"/> of all rows each.</summary>
    public int WholeRowsMin { get; init; }

    /// <summary>Share of rows in validation and test part of a short history, inside [0, .4].</summary>
    public double PartShare { get; init; }

    /// <summary>The optimiser.</summary>
    public AdamOptions Adam { get; init; } = new();

    /// <summary>The recipe itself, once all is in range.</summary>
    /// <exception cref="ArgumentException">One line for each value out of range: name, found, expected.</exception>
    public TrainingRecipe Validated() => Pass(this);

    static TrainingRecipe Pass(TrainingRecipe recipe)
    {
        List<string> faults = [.. recipe.Adam.Faults()];
        Check(faults, nameof(TrainRowsMax), recipe.TrainRowsMax, recipe.TrainRowsMax >= 1, "at least 1");
        Check(faults, nameof(EpochsMax), recipe.EpochsMax, recipe.EpochsMax is >= 1 and <= 100_000, "1 to 100000");
        Check(faults, nameof(BatchRows), recipe.BatchRows, recipe.BatchRows is >= 1 and <= LearnerScratch.BatchRowsLimit, "1 to 4096");
        Check(faults, nameof(PatienceEpochs), recipe.PatienceEpochs, recipe.PatienceEpochs >= 0, "not below 0");
        Check(faults, nameof(LossDeltaMin), recipe.LossDeltaMin, recipe.LossDeltaMin >= 0, "not below 0");
        Check(faults, nameof(ValidationRows), recipe.ValidationRows, recipe.ValidationRows >= 0, "not below 0");
        Check(faults, nameof(TestRows), recipe.TestRows, recipe.TestRows >= 0, "not below 0");
        Check(faults, nameof(PartShare), recipe.PartShare, recipe.PartShare is >= 0 and <= 0.4, "inside [0, .4]");
        return faults.Count == 0 ? recipe : throw new ArgumentException(string.Join('\n', faults), nameof(recipe));
    }

    static void Check(List<string> faults, string name, double found, bool holds, string expected)
    {
        if (!holds) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: found {found}; expected {expected}"));
    }
}
