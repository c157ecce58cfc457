using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>Where a model comes from, as texts in its file: range of its rows, metrics, seed, recipe, version of the code.</summary>
/// <param name="Series">Series that it was trained on, for example <c>AAPL/1d/csv</c>.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="CodeVersion">Version of the code that trained it.</param>
/// <param name="TrainFromUs">End of the bar of the first training row, microseconds since 1970 UTC.</param>
/// <param name="TrainToUs">End of the bar that gave the last training row its label.</param>
/// <param name="TrainRows">Rows learnt from.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="BestEpoch">Epoch whose weights these are.</param>
/// <param name="TrainLoss">Mean loss of that epoch's steps.</param>
/// <param name="ValidationLoss">Validation loss of that epoch; null where there was no validation part.</param>
/// <param name="TestLoss">Loss of the test part; null where there was none.</param>
public sealed record ModelCard(
    string Series, string Recipe, ulong Seed, string CodeVersion, long TrainFromUs, long TrainToUs, int TrainRows, int Epochs,
    int BestEpoch, double TrainLoss, double? ValidationLoss, double? TestLoss)
{
    /// <summary>The card of a training.</summary>
    /// <param name="series">Series that it was trained on.</param>
    /// <param name="recipe">How.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="codeVersion">Version of the code.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="barEndsUs">[rows] ends of the rows' bars.</param>
    /// <param name="targetEndsUs">[rows] ends of the bars that gave the labels.</param>
    public static ModelCard Of(
        string series, TrainingRecipe recipe, ulong seed, string codeVersion, TrainingOutcome outcome,
        ReadOnlySpan<long> barEndsUs, ReadOnlySpan<long> targetEndsUs)
    {
        var (first, count) = outcome.Split.Train.GetOffsetAndLength(barEndsUs.Length);
        return new ModelCard(
            series, recipe.Name, seed, codeVersion, barEndsUs[first], targetEndsUs[first + count - 1], count, outcome.Epochs,
            outcome.BestEpoch, outcome.TrainLoss, outcome.ValidationLoss, outcome.TestLoss);
    }

    /// <summary>Its texts for <see cref="ModelArtefact.Of"/>; losses with the digits that bring back the same bits.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            ["series"] = Series,
            ["recipe"] = Recipe,
            ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
            ["code_version"] = CodeVersion,
            ["train_from_us"] = TrainFromUs.ToString(CultureInfo.InvariantCulture),
            ["train_to_us"] = TrainToUs.ToString(CultureInfo.InvariantCulture),
            ["train_rows"] = TrainRows.ToString(CultureInfo.InvariantCulture),
            ["epochs"] = Epochs.ToString(CultureInfo.InvariantCulture),
            ["best_epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
            ["train_loss"] = TrainLoss.ToString("R", CultureInfo.InvariantCulture),
        };
        if (ValidationLoss is { } validation) texts["validation_loss"] = validation.ToString("R", CultureInfo.InvariantCulture);
        if (TestLoss is { } test) texts["test_loss"] = test.ToString("R", CultureInfo.InvariantCulture);
        return texts;
    }

    /// <summary>The card among the texts of a model's file.</summary>
    /// <exception cref="StateFormatException">A text is missing or isn't what it should be.</exception>
    public static ModelCard Of(IReadOnlyDictionary<string, string> metadata)
    {
        return new ModelCard(
            Text("series"), Text("recipe"), Whole<ulong>("seed"), Text("code_version"), Whole<long>("train_from_us"),
            Whole<long>("train_to_us"), Whole<int>("train_rows"), Whole<int>("epochs"), Whole<int>("best_epoch"),
            Loss("train_loss") ?? throw Defect("train_loss", "none"), Loss("validation_loss"), Loss("test_loss"));

        string Text(string key) => metadata.TryGetValue(key, out var text) ? text : throw Defect(key, "none");

        T Whole<T>(string key)
            where T : System.Numerics.IBinaryInteger<T> =>
            T.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Defect(key, Text(key));

        double? Loss(string key)
        {
            if (!metadata.TryGetValue(key, out var text)) return null;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss) ? loss : throw Defect(key, text);
        }
    }

    static StateFormatException Defect(string key, string found) => new($"artefact {key}", found, "the text of a model card");
}
