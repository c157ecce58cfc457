using System.Globalization;
using System.Security.Cryptography;

namespace Kafka.Stock.Learning;

/// <summary>A model as one file: weights, Adam's moments and step, the preprocessor of its rows, the pipeline's name and fingerprint,
/// and what else is to be known of it.</summary>
/// <remarks>The file is safetensors; its SHA-256 is the model's id. A round trip is bit-exact.</remarks>
public sealed class ModelArtefact
{
    const string FormatKey = "format";
    const string Format = "kafka-stock-model-2";
    const string FingerprintKey = "fingerprint";
    const string PipelineKey = "pipeline";
    const string FeaturesKey = "features";
    const string StepsKey = "steps";
    static readonly string[] s_keys = [FormatKey, FingerprintKey, PipelineKey, FeaturesKey, StepsKey];
    static readonly string[] s_parts = ["", "adam.m.", "adam.v."];

    readonly float[][] _values;

    ModelArtefact(
        NetworkShape shape, float[][] values, long steps, Preprocessor preprocessor, IReadOnlyDictionary<string, string> metadata)
    {
        Shape = shape;
        _values = values;
        Steps = steps;
        Preprocessor = preprocessor;
        Metadata = metadata;
    }

    /// <summary>Sizes of the network.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Learning steps that the moments have seen.</summary>
    public long Steps { get; }

    /// <summary>What prepares the pipeline's rows for the network.</summary>
    public Preprocessor Preprocessor { get; }

    /// <summary>Fingerprint of the feature pipeline that it was trained on.</summary>
    public long Fingerprint => Preprocessor.Pipeline.Fingerprint;

    /// <summary>Texts beside the weights: those of a <see cref="ModelCard"/>, for example.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Takes a model as it stands.</summary>
    /// <param name="learner">The model.</param>
    /// <param name="preprocessor">What prepares its rows.</param>
    /// <param name="metadata">What else is to be known; the keys format, fingerprint, pipeline, features and steps are taken.</param>
    /// <exception cref="ArgumentException">A taken key is used, or the network takes another number of inputs than the preprocessor
    /// gives.</exception>
    public static ModelArtefact Of(NetworkLearner learner, Preprocessor preprocessor, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var key in s_keys)
        {
            if (metadata.ContainsKey(key)) throw new ArgumentException($"found the key {key}; expected another", nameof(metadata));
        }

        var shape = learner.Network.Shape;
        if (shape.Inputs != preprocessor.OutputWidth)
            throw new ArgumentException($"found {preprocessor.OutputWidth} outputs; expected {shape.Inputs}", nameof(preprocessor));

        var count = shape.WeightCount;
        float[][] values = [new float[count], new float[count], new float[count]];
        learner.Network.CopyWeights(values[0]);
        learner.CopyMoments(values[1], values[2]);
        return new ModelArtefact(shape, values, learner.Steps, preprocessor, metadata);
    }

    /// <summary>Reads a file and checks all of it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="pipeline">The pipeline that will feed the model.</param>
    /// <exception cref="StateFormatException">It is truncated, no such file, of another pipeline, or holds a number that isn't
    /// finite.</exception>
    public static ModelArtefact FromBytes(ReadOnlySpan<byte> bytes, FeaturePipeline pipeline)
    {
        var (tensors, metadata) = Safetensors.Read(bytes);
        Expect(metadata, FormatKey, Format);
        Expect(metadata, FingerprintKey, Text(pipeline.Fingerprint));
        Expect(metadata, PipelineKey, pipeline.Name);
        Expect(metadata, FeaturesKey, NamesOf(pipeline));
        if (!long.TryParse(metadata.GetValueOrDefault(StepsKey), NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
            throw Defect(StepsKey, metadata.GetValueOrDefault(StepsKey) ?? "none", "a number of steps");

        var shape = ShapeOf(tensors);
        float[][] values = [.. s_parts.Select(part => Join(tensors, part, shape))];
        var (preprocessor, preparing) = Preprocessor.FromTensors(pipeline, tensors);
        var expected = 4 * s_parts.Length + preparing;
        if (tensors.Count != expected) throw Defect("tensors", Text(tensors.Count), Text(expected));
        if (shape.Inputs != preprocessor.OutputWidth) throw Defect("inputs", Text(shape.Inputs), Text(preprocessor.OutputWidth));
        Dictionary<string, string> rest = new(metadata, StringComparer.Ordinal);
        foreach (var key in s_keys) rest.Remove(key);
        return new ModelArtefact(shape, values, steps, preprocessor, rest);
    }

    /// <summary>SHA-256 of a file, lower-case hex: the model's id.</summary>
    public static string IdOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The file. The same content gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        List<KeyValuePair<string, string>> metadata = [.. Metadata,
            new(FormatKey, Format), new(FingerprintKey, Text(Fingerprint)), new(PipelineKey, Preprocessor.Pipeline.Name),
            new(FeaturesKey, NamesOf(Preprocessor.Pipeline)), new(StepsKey, Text(Steps))];
        List<Safetensors.Tensor> tensors = [.. Preprocessor.ToTensors()];
        for (var part = 0; part < s_parts.Length; part++) tensors.AddRange(Split(s_parts[part], _values[part]));
        return Safetensors.Write(tensors, metadata);
    }

    /// <summary>The network alone, frozen.</summary>
    public Network ToNetwork() => Network.FromWeights(Shape, _values[0]);

    /// <summary>The model, ready to learn on from where it stood.</summary>
    /// <exception cref="ArgumentException">The scratch is of another shape.</exception>
    public NetworkLearner ToLearner(AdamOptions options, LearnerScratch scratch)
    {
        var learner = new NetworkLearner(ToNetwork(), options, scratch);
        learner.RestoreMoments(_values[1], _values[2], Steps);
        return learner;
    }

    IEnumerable<Safetensors.Tensor> Split(string prefix, float[] values)
    {
        var at = Shape.Inputs * Shape.Hidden;
        yield return new(prefix + "hidden.weight", [Shape.Hidden, Shape.Inputs], values[..at]);
        yield return new(prefix + "hidden.bias", [Shape.Hidden], values[at..(at + Shape.Hidden)]);
        yield return new(prefix + "output.weight", [1, Shape.Hidden], values[(at + Shape.Hidden)..(at + 2 * Shape.Hidden)]);
        yield return new(prefix + "output.bias", [1], values[(at + 2 * Shape.Hidden)..]);
    }

    static void Expect(Dictionary<string, string> metadata, string key, string expected)
    {
        var found = metadata.GetValueOrDefault(key) ?? "none";
        if (found != expected) throw Defect(key, found, expected);
    }

    static string NamesOf(FeaturePipeline pipeline) => string.Join(' ', pipeline.FeatureNames);

    static NetworkShape ShapeOf(Dictionary<string, Safetensors.Tensor> tensors)
    {
        if (!tensors.TryGetValue("hidden.weight", out var first) || first.Shape.Length != 2)
            throw Defect("hidden.weight", "none", "[hidden, inputs]");
        var shape = new NetworkShape(first.Shape[1], first.Shape[0]);
        return shape.Inputs is >= 1 and <= NetworkShape.SizeMax && shape.Hidden is >= 1 and <= NetworkShape.SizeMax
            ? shape
            : throw Defect("hidden.weight", $"[{string.Join(", ", first.Shape)}]", $"sizes from 1 to {NetworkShape.SizeMax}");
    }

    static float[] Join(Dictionary<string, Safetensors.Tensor> tensors, string prefix, NetworkShape shape)
    {
        (string Name, int[] Shape)[] parts =
        [
            ("hidden.weight", [shape.Hidden, shape.Inputs]), ("hidden.bias", [shape.Hidden]), ("output.weight", [1, shape.Hidden]),
            ("output.bias", [1]),
        ];
        var values = new List<float>(shape.WeightCount);
        foreach (var (name, expected) in parts)
        {
            if (!tensors.TryGetValue(prefix + name, out var tensor)) throw Defect(prefix + name, "none", "a tensor");
            if (!tensor.Shape.AsSpan().SequenceEqual(expected))
                throw Defect(prefix + name, $"[{string.Join(", ", tensor.Shape)}]", $"[{string.Join(", ", expected)}]");

            foreach (var value in tensor.Values)
            {
                if (!float.IsFinite(value) || (prefix == s_parts[2] && value < 0))
                    throw Defect(prefix + name, value.ToString(CultureInfo.InvariantCulture), "finite numbers, second moments not below 0");
            }

            values.AddRange(tensor.Values);
        }

        return [.. values];
    }

    static StateFormatException Defect(string where, string found, string expected) => new($"artefact {where}", found, expected);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
