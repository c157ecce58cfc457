using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>What is remembered of a labelled row besides its features.</summary>
/// <param name="BarEndUs">End of its bar: when its forecast was made, microseconds since 1970 UTC.</param>
/// <param name="TargetEndUs">End of the bar that gave the label: from then on it is known.</param>
/// <param name="Scale">s(t) at its bar.</param>
/// <param name="TargetReturn">Label: ln(target close) - ln(close).</param>
readonly record struct KnownRow(long BarEndUs, long TargetEndUs, double Scale, double TargetReturn)
{
    /// <summary>The label as the Trainer learns it: in units of the scale, clipped to +-5.</summary>
    public float Target => Standardise(TargetReturn, Scale);

    /// <summary>|error| of a forecast of so many units of the scale, in units of the scale.</summary>
    public double Loss(float output) => Math.Abs(TargetReturn - (output * Scale)) / Scale;

    /// <summary>A label as the Trainer learns it.</summary>
    public static float Standardise(double targetReturn, double scale) =>
        (float)Math.Clamp(targetReturn / scale, -NetworkLearner.TargetMax, NetworkLearner.TargetMax);
}
