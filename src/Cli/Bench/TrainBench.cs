using System.Diagnostics;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli;

/// <summary>Batch training by the recipe <c>default</c> on as many series as the developer's data have, beside torch doing the same
/// epochs.</summary>
static class TrainBench
{
    const int Series = 14;

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(CancellationToken cancellation)
    {
        var recipe = TrainingRecipe.Default;
        var pipeline = FeaturePipeline.PriceV1;
        var (features, targets) = Rows(recipe.TrainRowsMax, pipeline.Width);
        var trainer = new BatchTrainer(recipe, pipeline);
        var random = new KeyedRandom(1, 1, 1);
        _ = trainer.Train(features, targets, random, 1);
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (ulong series = 0; series < Series; series++) trainer.Train(features, targets, new KeyedRandom(1, series, 1), 1);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        var rows = (double)Series * recipe.TrainRowsMax * recipe.EpochsMax;
        List<BenchFigure> figures =
        [
            new("rows_per_second", rows / best, "rows times epochs a second, one core"),
            new("seconds", best, $"s for {Series} series of {recipe.TrainRowsMax} rows, {recipe.EpochsMax} epochs each"),
        ];
        var reference = await TorchScript.RunAsync(
            "torch_train.py", [Series, recipe.TrainRowsMax, recipe.EpochsMax, recipe.BatchRows], cancellation);
        if (reference is { } torch)
        {
            figures.Add(new("torch_rows_per_second", torch, "the same in python3-torch eager (reference)"));
            figures.Add(new("ratio_to_torch", rows / best / torch, "times as fast as torch; at least 20 wanted"));
        }

        return figures;
    }

    static (float[] Features, float[] Targets) Rows(int rows, int width)
    {
        var random = new KeyedRandom(3, 2, 1);
        var features = new float[rows * width];
        var targets = new float[rows];
        for (var i = 0; i < features.Length; i++) features[i] = (float)((4 * random.Uniform((uint)i)) - 2);
        for (var i = 0; i < rows; i++) targets[i] = (float)((4 * random.Uniform((uint)(1_000_000 + i))) - 2);
        return (features, targets);
    }
}
