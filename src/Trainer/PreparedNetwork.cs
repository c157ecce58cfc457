using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A network behind the preprocessor of its rows. Immutable: safe for any number of threads.</summary>
sealed class PreparedNetwork(Preprocessor preprocessor, Network network)
{
    const int StackFloats = 256;

    public static PreparedNetwork Of(ModelArtefact artefact) => new(artefact.Preprocessor, artefact.ToNetwork());

    /// <summary>Its output for a row of the pipeline, in z units.</summary>
    public float Predict(ReadOnlySpan<float> features)
    {
        if (preprocessor.Pipeline.IsScaleFree) return network.Predict(features);
        Span<float> encoded = preprocessor.OutputWidth <= StackFloats
            ? stackalloc float[StackFloats]
            : new float[preprocessor.OutputWidth];
        encoded = encoded[..preprocessor.OutputWidth];
        preprocessor.Transform(features, encoded);
        return network.Predict(encoded);
    }

    public string ModelId() => network.ModelId();
}
