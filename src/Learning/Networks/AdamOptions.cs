using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>How a network learns. The defaults are those that don't lose to naive on daily bars.</summary>
/// <remarks>Adam: Kingma and Ba 2015; decoupled weight decay: Loshchilov and Hutter 2019.</remarks>
public sealed record AdamOptions
{
    /// <summary>Learning rate, inside (0, 1].</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Decay of the first moment, inside [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment, inside [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment, inside [1e-12, 1].</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weights shrink by this times the learning rate each step, biases don't; inside [0, 100].</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Largest Euclidean norm of the whole gradient, inside (0, 1e6].</summary>
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>The loss.</summary>
    public LossKind Loss { get; init; } = LossKind.Huber;

    /// <summary>Error at which the Huber loss turns from squared to absolute, inside (0, 100].</summary>
    public double HuberDelta { get; init; } = 1.0;

    /// <summary>The options themselves, once all are in range.</summary>
    /// <exception cref="ArgumentException">One line for each value out of range: name, found, expected.</exception>
    public AdamOptions Validated() => Pass(this, Faults());

    /// <summary>One line for each value out of range: name, found, expected. Empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        Check(faults, nameof(LearningRate), LearningRate, LearningRate is > 0 and <= 1, "inside (0, 1]");
        Check(faults, nameof(Beta1), Beta1, Beta1 is >= 0 and < 1, "inside [0, 1)");
        Check(faults, nameof(Beta2), Beta2, Beta2 is >= 0 and < 1, "inside [0, 1)");
        Check(faults, nameof(Epsilon), Epsilon, Epsilon is >= 1e-12 and <= 1, "inside [1e-12, 1]");
        Check(faults, nameof(WeightDecay), WeightDecay, WeightDecay is >= 0 and <= 100, "inside [0, 100]");
        Check(faults, nameof(ClipNorm), ClipNorm, ClipNorm is > 0 and <= 1e6, "inside (0, 1e6]");
        Check(faults, nameof(HuberDelta), HuberDelta, HuberDelta is > 0 and <= 100, "inside (0, 100]");
        return faults;
    }

    static AdamOptions Pass(AdamOptions options, IReadOnlyList<string> faults) =>
        faults.Count == 0 ? options : throw new ArgumentException(string.Join('\n', faults), nameof(options));

    static void Check(List<string> faults, string name, double found, bool holds, string expected)
    {
        if (!holds) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: found {found}; expected {expected}"));
    }
}
