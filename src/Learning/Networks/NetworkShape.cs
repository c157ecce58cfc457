namespace Kafka.Stock.Learning;

/// <summary>Sizes of a network with one hidden layer and one output.</summary>
/// <param name="Inputs">Features of a row, 1 to <see cref="SizeMax"/>.</param>
/// <param name="Hidden">Hidden units, 1 to <see cref="SizeMax"/>.</param>
public readonly record struct NetworkShape(int Inputs, int Hidden)
{
    /// <summary>Largest number of inputs or of hidden units.</summary>
    public const int SizeMax = 4096;

    /// <summary>Weights and biases of both layers.</summary>
    public int WeightCount => Inputs * Hidden + Hidden + Hidden + 1;

    /// <summary>The shape itself.</summary>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public NetworkShape Validated() => Pass(this);

    static NetworkShape Pass(NetworkShape shape) => shape.Inputs is >= 1 and <= SizeMax && shape.Hidden is >= 1 and <= SizeMax
        ? shape
        : throw new ArgumentException($"found {shape}; expected 1 to {SizeMax} of each", nameof(shape));
}
