using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Kafka.Stock.Learning.Tests;

public sealed class ModelArtefactTests
{
    static readonly FeaturePipeline s_pipeline = PlainPipeline.Of(3);
    static readonly NetworkShape s_shape = new(3, 5);
    static readonly Dictionary<string, string> s_metadata = new() { ["seed"] = "1", ["recipe"] = "default \"quoted\" \u20ac" };

    [Fact]
    public void A_round_trip_is_exact_to_the_bit()
    {
        var learner = Trained();
        var bytes = ModelArtefact.Of(learner, Preprocessor.Unfitted(s_pipeline), s_metadata).ToBytes();
        var artefact = ModelArtefact.FromBytes(bytes, s_pipeline);
        Assert.Equal(bytes, artefact.ToBytes());
        Assert.Equal(s_metadata.OrderBy(pair => pair.Key), artefact.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal((s_shape, 7L, s_pipeline.Fingerprint), (artefact.Shape, artefact.Steps, artefact.Fingerprint));
        Assert.Equal(learner.Network.ModelId(), artefact.ToNetwork().ModelId());

        var heir = artefact.ToLearner(learner.Options, new LearnerScratch(s_shape, 4));
        Step(learner, 50);
        Step(heir, 50);
        Assert.Equal(learner.Network.ModelId(), heir.Network.ModelId());
        Assert.Equal(8, heir.Steps);
    }

    [Fact]
    public void The_file_is_what_other_readers_of_the_format_expect()
    {
        var bytes = Model().ToBytes();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var weight = header.RootElement.GetProperty("hidden.weight");
        Assert.Equal("F32", weight.GetProperty("dtype").GetString());
        Assert.Equal("[5,3]", weight.GetProperty("shape").GetRawText());
        Assert.Equal("1", header.RootElement.GetProperty("__metadata__").GetProperty("seed").GetString());
        var tensors = header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__");
        var ends = tensors.Select(entry => entry.Value.GetProperty("data_offsets"));
        Assert.Equal(bytes.Length - 8 - length, ends.Max(offsets => offsets[1].GetInt32()));
        Assert.Equal(0, ends.Min(offsets => offsets[0].GetInt32()));
    }

    [Fact]
    public void The_id_is_the_hash_of_the_file()
    {
        var bytes = Model().ToBytes();
        Assert.Matches("^[0-9a-f]{64}$", ModelArtefact.IdOf(bytes));
        Assert.Equal(ModelArtefact.IdOf(bytes), ModelArtefact.IdOf(Model().ToBytes()));
        bytes[^1] ^= 1;
        Assert.NotEqual(ModelArtefact.IdOf(Model().ToBytes()), ModelArtefact.IdOf(bytes));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Model().ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes.AsSpan(0, length), s_pipeline));
    }

    [Fact]
    public void Another_fingerprint_is_refused_with_both_numbers()
    {
        var bytes = Model().ToBytes();
        var other = new FeaturePipeline("plain", 2, [new Named("f0"), new Named("f1"), new Named("f2")]);
        var fault = Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes, other));
        Assert.Contains($"found {s_pipeline.Fingerprint}; expected {other.Fingerprint}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused(float bad)
    {
        var bytes = Model().ToBytes();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        for (var at = 8 + length; at < bytes.Length; at += 4)
        {
            var copy = (byte[])bytes.Clone();
            BinaryPrimitives.WriteSingleLittleEndian(copy.AsSpan(at), bad);
            Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(copy, s_pipeline));
        }
    }

    /// <summary>Any byte of the header changed: another valid text, or a typed error; never anything else.</summary>
    [Fact]
    public void Hostile_headers_give_typed_errors()
    {
        var bytes = Model().ToBytes();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        for (var at = 0; at < 8 + length; at++)
        {
            foreach (var value in "9{\"\0")
            {
                var copy = (byte[])bytes.Clone();
                copy[at] = (byte)value;
                if (Record.Exception(() => ModelArtefact.FromBytes(copy, s_pipeline)) is { } fault)
                    Assert.IsType<StateFormatException>(fault);
            }
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"hidden.weight\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"hidden.weight\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"hidden.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,999999999999]}}")]
    [InlineData("{\"hidden.weight\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"hidden.weight\":7}")]
    public void Foreign_headers_give_typed_errors(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        Assert.Throws<StateFormatException>(() => ModelArtefact.FromBytes(bytes, s_pipeline));
    }

    [Fact]
    public void Keys_of_its_own_cannot_be_overwritten() =>
        Assert.Throws<ArgumentException>(() =>
            ModelArtefact.Of(
                Trained(), Preprocessor.Unfitted(s_pipeline), new Dictionary<string, string> { ["steps"] = "9" }));

    static ModelArtefact Model() => ModelArtefact.Of(Trained(), Preprocessor.Unfitted(s_pipeline), s_metadata);

    static NetworkLearner Trained()
    {
        var learner = new NetworkLearner(
            Network.Seeded(s_shape, new KeyedRandom(1, 2, 3)), new AdamOptions { LearningRate = 1e-2 }, new LearnerScratch(s_shape, 4));
        for (var step = 0; step < 7; step++) Step(learner, step);
        return learner;
    }

    static void Step(NetworkLearner learner, int step) =>
        learner.Learn(NetworkLearnerTests.Row((ulong)step, 4 * 3), NetworkLearnerTests.Row((ulong)step + 77, 4));

    sealed class Named(string name) : IFeature
    {
        public string Name => name;

        public double Value(BarHistory history, ReadOnlySpan<double> memory) => 0;
    }
}
