using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Learning.Tests;

/// <summary>A model whose rows need a preprocessor carries it, and no part of it can be lost or changed unseen.</summary>
public sealed class PreparedArtefactTests
{
    static readonly FeaturePipeline s_pipeline = PlainPipeline.Of(FeatureKind.ScaleFree, FeatureKind.Price, FeatureKind.Category);
    static readonly float[] s_rows = [0.5f, 10, 3, -0.5f, 30, 4, 0.25f, float.NaN, 5, 1, 15, 4];

    [Fact]
    public void The_preprocessor_comes_back_to_the_bit()
    {
        var outcome = Trained();
        var bytes = ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, new Dictionary<string, string>()).ToBytes();
        var artefact = ModelArtefact.FromBytes(bytes, s_pipeline);
        Assert.Equal(bytes, artefact.ToBytes());
        Assert.Equal(s_pipeline.Fingerprint, artefact.Fingerprint);
        float[][] rows = [[0.1f, 12, 3], [float.NaN, float.NaN, 99], [9, 1e9f, 5]];
        foreach (var row in rows)
        {
            var encoded = PreprocessorTests.Transform(outcome.Preprocessor, row);
            Assert.Equal(encoded, PreprocessorTests.Transform(artefact.Preprocessor, row));
            Assert.Equal(outcome.Learner.Predict(encoded), artefact.ToNetwork().Predict(encoded));
        }
    }

    [Fact]
    public void The_files_of_all_shipped_pipelines_come_back()
    {
        foreach (var pipeline in FeaturePipeline.All)
        {
            var state = new FeatureState(pipeline);
            List<float> rows = [];
            foreach (var bar in SeedPipelineTests.Days(90))
            {
                state.Add(bar);
                rows.AddRange(SampleBars.Features(state));
            }

            var targets = NetworkLearnerTests.Row(3, 90);
            var trainer = new BatchTrainer(TrainingRecipe.Default with { EpochsMax = 2 }, pipeline, 8);
            var outcome = trainer.Train(rows.ToArray(), targets, default, 1);
            Assert.Equal(0, outcome.Learner.SkippedSteps);
            var bytes = ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, new Dictionary<string, string>()).ToBytes();
            Assert.Equal(bytes, ModelArtefact.FromBytes(bytes, pipeline).ToBytes());
            foreach (var other in FeaturePipeline.All.Where(other => other != pipeline))
                Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes, other));
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = File();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes.AsSpan(0, length), s_pipeline));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_wherever_it_stands(float bad)
    {
        var bytes = File();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        for (var at = 8 + length; at < bytes.Length; at += 4)
        {
            var copy = (byte[])bytes.Clone();
            BinaryPrimitives.WriteSingleLittleEndian(copy.AsSpan(at), bad);
            Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(copy, s_pipeline));
        }
    }

    [Theory]
    [InlineData("preprocessor.scale", 1, -1f)] // a scale below 0
    [InlineData("preprocessor.scale", 0, 2f)] // a scale-free feature that would be divided
    [InlineData("preprocessor.mean", 0, 0.5f)]
    [InlineData("preprocessor.codes.f2", 1, 3f)] // a category twice
    public void A_preprocessor_that_cannot_be_is_refused(string tensor, int index, float value)
    {
        var bytes = File();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var at = header.RootElement.GetProperty(tensor).GetProperty("data_offsets")[0].GetInt32();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(8 + length + at + 4 * index), value);
        var fault = Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes, s_pipeline));
        Assert.Contains("preprocessor", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preprocessor.median")]
    [InlineData("preprocessor.scale")]
    [InlineData("preprocessor.codes.f2")]
    public void A_missing_part_is_named(string tensor)
    {
        var fault = Assert.Throws<StateFormatException>(
            () => ModelArtefact.FromBytes(WithHeader(header => Rename(header, tensor, "another")), s_pipeline));
        Assert.Contains(tensor, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline", "other")]
    [InlineData("features", "f0 f2 f1")]
    [InlineData("fingerprint", "1")]
    [InlineData("format", "kafka-stock-model-1")]
    public void Another_pipeline_is_refused_by_name(string key, string value)
    {
        var fault = Assert.Throws<StateFormatException>(
            () => ModelArtefact.FromBytes(WithHeader(header => header["__metadata__"]![key] = value), s_pipeline));
        Assert.Contains($"artefact {key}: found {value}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_another_width_than_the_preprocessor_gives_is_refused()
    {
        var outcome = Trained();
        Assert.Throws<ArgumentException>(
            () => ModelArtefact.Of(outcome.Learner, Preprocessor.Unfitted(s_pipeline), new Dictionary<string, string>()));
    }

    [Fact]
    public void The_card_comes_back_to_the_digit()
    {
        var outcome = Trained();
        long[] ends = [10, 20, 30, 40];
        var card = ModelCard.Of("AAPL/1d/csv", TrainingRecipe.Default, 7, "1.2.3+abc", outcome, ends, [20, 30, 40, 50]);
        Assert.Equal((10L, 50L, 4, 10), (card.TrainFromUs, card.TrainToUs, card.TrainRows, card.Epochs));
        var bytes = ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, card.ToMetadata()).ToBytes();
        Assert.Equal(card, ModelCard.Of(ModelArtefact.FromBytes(bytes, s_pipeline).Metadata));

        var full = card with { ValidationLoss = 0.1 + 0.2, TestLoss = 1e-300 };
        Assert.Equal(full, ModelCard.Of(full.ToMetadata()));
    }

    [Theory]
    [InlineData("train_rows", "many")]
    [InlineData("train_loss", "small")]
    [InlineData("seed", "-1")]
    public void A_card_that_makes_no_sense_is_refused_by_name(string key, string value)
    {
        var card = ModelCard.Of("A", TrainingRecipe.Default, 7, "1", Trained(), [1, 2, 3, 4], [2, 3, 4, 5]);
        var texts = new Dictionary<string, string>(card.ToMetadata()) { [key] = value };
        Assert.Contains(key, Assert.Throws<StateFormatException>(() => ModelCard.Of(texts)).Message, StringComparison.Ordinal);
        texts.Remove(key);
        Assert.Contains(key, Assert.Throws<StateFormatException>(() => ModelCard.Of(texts)).Message, StringComparison.Ordinal);
    }

    static TrainingOutcome Trained() =>
        new BatchTrainer(TrainingRecipe.Default, s_pipeline, 5).Train(s_rows, [0.1f, -0.2f, 0.3f, 0], new KeyedRandom(1, 2, 3), 1);

    static byte[] File()
    {
        var outcome = Trained();
        return ModelArtefact.Of(outcome.Learner, outcome.Preprocessor, new Dictionary<string, string> { ["seed"] = "1" }).ToBytes();
    }

    static void Rename(JsonObject header, string from, string to)
    {
        header[to] = header[from]!.DeepClone();
        header.Remove(from);
    }

    static byte[] WithHeader(Action<JsonObject> change)
    {
        var bytes = File();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        change(header);
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var changed = new byte[8 + text.Length + bytes.Length - 8 - length];
        BinaryPrimitives.WriteInt64LittleEndian(changed, text.Length);
        text.CopyTo(changed, 8);
        bytes.AsSpan(8 + length).CopyTo(changed.AsSpan(8 + text.Length));
        return changed;
    }
}
