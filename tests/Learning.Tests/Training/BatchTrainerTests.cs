namespace Kafka.Stock.Learning.Tests;

public sealed class BatchTrainerTests
{
    static readonly NetworkShape s_shape = new(4, 8);
    static readonly FeaturePipeline s_pipeline = PlainPipeline.Of(4);
    static readonly TrainingRecipe s_stopping = TrainingRecipe.Seed with
    {
        EpochsMax = 300,
        Adam = new AdamOptions { LearningRate = 0.02 },
    };

    [Fact]
    public void Parts_of_a_long_history_are_the_recipes_with_gaps_between()
    {
        var split = TrainingSplit.Of(10_000, TrainingRecipe.Seed, 3);
        Assert.Equal(new TrainingSplit(0..5994, 5997..7997, 8000..10_000), split);
        Assert.Equal(new TrainingSplit(9000..10_000, 10_000..10_000, 10_000..10_000), TrainingSplit.Of(10_000, TrainingRecipe.Default, 3));
    }

    [Fact]
    public void Parts_of_a_short_history_are_shares()
    {
        Assert.Equal(new TrainingSplit(0..598, 599..799, 800..1000), TrainingSplit.Of(1000, TrainingRecipe.Seed, 1));
        Assert.Equal(new TrainingSplit(0..7, 7..7, 7..7), TrainingSplit.Of(7, TrainingRecipe.Default, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_history_without_rows_to_learn_from_is_refused(int rows)
    {
        var recipe = TrainingRecipe.Seed with { PartShare = 0.4 };
        if (rows == 0) Assert.Throws<ArgumentException>(() => TrainingSplit.Of(rows, TrainingRecipe.Default, 1));
        Assert.Throws<ArgumentException>(() => TrainingSplit.Of(rows, recipe, 3));
    }

    [Fact]
    public void The_same_rows_give_the_same_bits_and_another_seed_other_ones()
    {
        var (x, y) = Data(1, 500);
        var trainer = new BatchTrainer(TrainingRecipe.Default, s_pipeline, 8);
        var first = trainer.Train(x, y, new KeyedRandom(1, 2, 3), 1).Learner.Network.ModelId();
        Assert.Equal(first, trainer.Train(x, y, new KeyedRandom(1, 2, 3), 1).Learner.Network.ModelId());
        Assert.Equal(first, Fresh().Train(x, y, new KeyedRandom(1, 2, 3), 1).Learner.Network.ModelId());
        Assert.NotEqual(first, trainer.Train(x, y, new KeyedRandom(2, 2, 3), 1).Learner.Network.ModelId());
    }

    [Fact]
    public void Only_the_last_thousand_rows_count_in_the_default_recipe()
    {
        var (x, y) = Data(1, 1500);
        var trainer = new BatchTrainer(TrainingRecipe.Default, s_pipeline, 8);
        var id = trainer.Train(x, y, new KeyedRandom(1, 2, 3), 1);
        var older = trainer.Train(x.AsSpan(500 * 4), y.AsSpan(500), new KeyedRandom(1, 2, 3), 1);
        Assert.Equal(id.Learner.Network.ModelId(), older.Learner.Network.ModelId());
        Assert.Equal((10, 10, 320L), (id.Epochs, id.BestEpoch, id.Learner.Steps));
        Assert.Null(id.ValidationLoss);
        Assert.Null(id.TestLoss);
    }

    [Fact]
    public void It_learns_what_can_be_learnt()
    {
        var (x, y) = Data(1, 2000);
        var outcome = new BatchTrainer(s_stopping, s_pipeline, 8).Train(x, y, new KeyedRandom(1, 2, 3), 1);
        Assert.True(outcome.TestLoss < 0.1 * y.AsSpan(1600).ToArray().Average(target => 0.5 * target * target), $"{outcome.TestLoss}");
    }

    [Fact]
    public void Rows_of_validation_and_test_part_change_no_weight()
    {
        var (x, y) = Data(1, 400);
        var recipe = s_stopping with { EpochsMax = 5 };
        var before = new BatchTrainer(recipe, s_pipeline, 8).Train(x, y, new KeyedRandom(1, 2, 3), 1);
        for (var i = before.Split.Test.Start.Value; i < 400; i++) y[i] = 9;
        var after = new BatchTrainer(recipe, s_pipeline, 8).Train(x, y, new KeyedRandom(1, 2, 3), 1);
        Assert.Equal(before.Learner.Network.ModelId(), after.Learner.Network.ModelId());
        Assert.NotEqual(before.TestLoss, after.TestLoss);
    }

    [Fact]
    public void A_caller_that_says_no_cancels_after_the_epoch()
    {
        var (x, y) = Data(1, 400);
        var outcome = new BatchTrainer(TrainingRecipe.Default, s_pipeline, 8).Train(x, y, default, 1, progress => progress.Epoch < 3);
        Assert.True(outcome.Cancelled);
        Assert.Equal(3, outcome.Epochs);
    }

    [Fact]
    public void A_recipe_out_of_range_is_refused_with_all_its_faults()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => new BatchTrainer(TrainingRecipe.Default with { EpochsMax = 0, BatchRows = -1, Adam = new AdamOptions { Beta2 = 2 } },
                s_pipeline));
        Assert.Contains("EpochsMax: found 0; expected 1 to 100000", fault.Message, StringComparison.Ordinal);
        Assert.Contains("BatchRows", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Beta2", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Fresh().Train(new float[3], new float[1], default, 1));
    }

    /// <summary>The imputer alone stands before scale-free features: with finite rows it can't be noticed.</summary>
    [Fact]
    public void Scale_free_rows_give_the_weights_of_a_training_without_a_preprocessor()
    {
        var (x, y) = Data(1, 300);
        var learner = new NetworkLearner(
            Network.Seeded(s_shape, new KeyedRandom(1, 2, 3)), TrainingRecipe.Default.Adam, new LearnerScratch(s_shape, 32));
        var recipe = TrainingRecipe.Default with { EpochsMax = 1, BatchRows = 32 };
        var outcome = new BatchTrainer(recipe, s_pipeline, 8).Train(x, y, new KeyedRandom(1, 2, 3), 1);
        int[] order = [.. Enumerable.Range(0, 300)];
        for (var (last, draw) = (299, (uint)s_shape.WeightCount); last > 0; last--, draw++)
        {
            var other = (int)(new KeyedRandom(1, 2, 3).Uniform(draw) * (last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }

        foreach (var batch in order.Chunk(32))
            learner.Learn([.. batch.SelectMany(row => x[(row * 4)..(row * 4 + 4)])], [.. batch.Select(row => y[row])]);
        Assert.Equal(learner.Network.ModelId(), outcome.Learner.Network.ModelId());
    }

    [Fact]
    public void Rows_that_need_preparing_are_learnt_from_prepared()
    {
        var (x, y) = Data(1, 2000);
        float[] raw = [.. x.Select((value, i) => i % 4 == 3 ? (i / 4) % 5 : 1000 + 50 * value)];
        var pipeline = PlainPipeline.Of(FeatureKind.Price, FeatureKind.Number, FeatureKind.Volume, FeatureKind.Category);
        var outcome = new BatchTrainer(s_stopping, pipeline, 8).Train(raw, y, new KeyedRandom(1, 2, 3), 1);
        Assert.Equal(6, outcome.Preprocessor.OutputWidth);
        Assert.Equal(new NetworkShape(6, 8), outcome.Learner.Network.Shape);
        Assert.True(outcome.TestLoss < 0.1 * y.AsSpan(1600).ToArray().Average(target => 0.5 * target * target), $"{outcome.TestLoss}");
    }

    /// <summary>One trainer for models whose preprocessors differ in width, one after the other.</summary>
    [Fact]
    public void A_trainer_goes_on_after_a_model_of_another_width()
    {
        var pipeline = PlainPipeline.Of(FeatureKind.ScaleFree, FeatureKind.Category);
        var trainer = new BatchTrainer(TrainingRecipe.Default, pipeline, 8);
        var y = NetworkLearnerTests.Row(2, 100);
        float[] narrow = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? y[i / 2] : 1f)];
        float[] wide = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? y[i / 2] : i)];
        var first = trainer.Train(narrow, y, new KeyedRandom(1, 2, 3), 1);
        var id = first.Learner.Network.ModelId();
        Assert.Equal(8, trainer.Train(wide, y, new KeyedRandom(1, 2, 3), 1).Learner.Network.Shape.Inputs);
        Assert.Equal(id, first.Learner.Network.ModelId());
        Assert.Equal(id, trainer.Train(narrow, y, new KeyedRandom(1, 2, 3), 1).Learner.Network.ModelId());
    }

    static BatchTrainer Fresh() => new(TrainingRecipe.Default, s_pipeline, 8);

    static (float[] Features, float[] Targets) Data(ulong seed, int rows)
    {
        var x = NetworkLearnerTests.Row(seed, rows * 4);
        return (x, [.. Enumerable.Range(0, rows).Select(row => 0.4f * x[row * 4] - 0.3f * Math.Abs(x[row * 4 + 2]))]);
    }
}
