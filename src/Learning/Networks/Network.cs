using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kafka.Stock.Learning;

/// <summary>inputs-hidden-1 with rectified hidden units; its output is a return in units of the running scale (z).</summary>
public sealed class Network
{
    /// <summary>Largest output, either way, in z units.</summary>
    public const float OutputMax = 0.5f;

    readonly WeightLayout _layout;
    readonly float[] _weights;

    Network(NetworkShape shape)
    {
        Shape = shape.Validated();
        _layout = new WeightLayout(shape);
        _weights = new float[_layout.Length];
    }

    /// <summary>Its sizes.</summary>
    public NetworkShape Shape { get; }

    internal ref readonly WeightLayout Layout => ref _layout;

    internal Span<float> Weights => _weights;

    /// <summary>A fresh network: first layer uniform within +-1/sqrt(inputs), last layer 0, so that it starts as the naive
    /// forecast.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="random">Chance of the series; draws 0 to hidden x (inputs + 1) - 1 are used.</param>
    public static Network Seeded(NetworkShape shape, in KeyedRandom random)
    {
        var network = new Network(shape);
        Span<float> plain = new float[shape.WeightCount];
        var bound = 1.0 / Math.Sqrt(shape.Inputs);
        for (var i = 0; i < shape.Hidden * (shape.Inputs + 1); i++) plain[i] = (float)((2.0 * random.Uniform((uint)i) - 1.0) * bound);
        network._layout.Pad(plain, network._weights);
        return network;
    }

    /// <summary>A network of given weights.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="weights">[WeightCount]: W1 [hidden][inputs], b1 [hidden], W2 [hidden], b2.</param>
    /// <exception cref="ArgumentException">The number of weights isn't the shape's, or one isn't finite.</exception>
    public static Network FromWeights(NetworkShape shape, ReadOnlySpan<float> weights)
    {
        var network = new Network(shape);
        if (weights.Length != shape.WeightCount)
            throw new ArgumentException($"found {weights.Length} weights; expected {shape.WeightCount} for {shape}", nameof(weights));

        for (var i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]))
                throw new ArgumentException($"found {weights[i]} as weight {i}; expected a finite one", nameof(weights));
        }

        network._layout.Pad(weights, network._weights);
        return network;
    }

    /// <summary>Its output for a row, in z units, clipped to +-<see cref="OutputMax"/>; 0, the naive forecast, where it isn't
    /// finite.</summary>
    /// <param name="features">[inputs].</param>
    public float Predict(ReadOnlySpan<float> features)
    {
        if (features.Length != Shape.Inputs) throw new ArgumentException($"expected {Shape.Inputs} features", nameof(features));
        var output = DenseKernels.Output(_layout, _weights, features);
        return float.IsFinite(output) ? Math.Clamp(output, -OutputMax, OutputMax) : 0f;
    }

    /// <summary>Writes the weights: W1 [hidden][inputs], b1 [hidden], W2 [hidden], b2.</summary>
    /// <param name="weights">[WeightCount].</param>
    public void CopyWeights(Span<float> weights) => _layout.Unpad(_weights, weights);

    /// <summary>An independent copy.</summary>
    public Network Clone()
    {
        var copy = new Network(Shape);
        _weights.CopyTo(copy._weights, 0);
        return copy;
    }

    /// <summary>SHA-256, lower-case hex, of inputs and hidden units as little-endian 32-bit integers and of the weights as
    /// float32.</summary>
    /// <remarks>Allocates.</remarks>
    public string ModelId()
    {
        var weights = new float[Shape.WeightCount];
        CopyWeights(weights);
        var bytes = new byte[2 * sizeof(int) + weights.Length * sizeof(float)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Shape.Inputs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), Shape.Hidden);
        for (var i = 0; i < weights.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(8 + i * sizeof(float)), weights[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
