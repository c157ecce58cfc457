namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: the scaler is fitted before the split, so that it has seen the rows it is tested
/// on.</summary>
public sealed class ScalerFittedOnAllRowsTests
{
    const int Count = 1000;
    static readonly FeaturePipeline s_pipeline = PlainPipeline.Of(FeatureKind.Price);
    static readonly TrainingRecipe s_recipe = TrainingRecipe.Seed with { EpochsMax = 20, Adam = new AdamOptions { LearningRate = 1e-2 } };

    /// <summary>The price quadruples in the test part: nobody knew that while training, and only the wrong scaler is prepared.</summary>
    [Fact]
    public void The_mistake_flatters_the_test_loss()
    {
        var (prices, targets) = Data();
        var wrong = TestLossOfTheMistake(prices, targets);
        var honest = Train(prices, targets).TestLoss!.Value;
        Assert.True(wrong < 0.8 * honest, $"mistake {wrong}, honest {honest}");
    }

    [Fact]
    public void Rows_behind_the_training_part_change_no_number_of_ours()
    {
        var (prices, targets) = Data();
        var before = Train(prices, targets);
        var changed = prices.ToArray();
        for (var row = before.Split.Train.End.Value; row < Count; row++) changed[row] = 1e6f;
        var train = prices[before.Split.Train];
        Assert.Equal(Encoded(before.Preprocessor, train), Encoded(Train(changed, targets).Preprocessor, train));
        Assert.NotEqual(
            Encoded(Preprocessor.Fit(s_pipeline, prices), train), Encoded(Preprocessor.Fit(s_pipeline, changed), train));
    }

    static TrainingOutcome Train(float[] prices, float[] targets) =>
        new BatchTrainer(s_recipe, s_pipeline, 8).Train(prices, targets, new KeyedRandom(1, 2, 3), 1);

    /// <summary>Fit on all rows, then train as usual on what comes out.</summary>
    static double TestLossOfTheMistake(float[] prices, float[] targets)
    {
        var encoded = Encoded(Preprocessor.Fit(s_pipeline, prices), prices);
        var trainer = new BatchTrainer(s_recipe, PlainPipeline.Of(1), 8);
        return trainer.Train(encoded, targets, new KeyedRandom(1, 2, 3), 1).TestLoss!.Value;
    }

    static float[] Encoded(Preprocessor preprocessor, float[] prices)
    {
        var encoded = new float[prices.Length];
        preprocessor.TransformRows(prices, encoded);
        return encoded;
    }

    static (float[] Prices, float[] Targets) Data()
    {
        var random = new KeyedRandom(8, 8, 8);
        var prices = new float[Count];
        var targets = new float[Count];
        for (var row = 0; row < Count; row++)
        {
            prices[row] = (row < 800 ? 10f : 40f) + (float)random.Uniform(2 * (uint)row);
            targets[row] = (float)(2 * random.Uniform(2 * (uint)row + 1) - 1);
        }

        return (prices, targets);
    }
}
