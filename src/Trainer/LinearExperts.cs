using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>The two linear strategies of a series: ar1 on the last return, ridge on the features.</summary>
/// <remarks>Ridge needs features of one size; on raw columns (seed-v1) it says no change.</remarks>
sealed class LinearExperts(FeaturePipeline pipeline)
{
    readonly LinearForecaster _ar1 = new(1, LinearForecaster.AutoregressionPrior);
    readonly LinearForecaster _ridge = new(pipeline.Width, LinearForecaster.RidgePrior);
    readonly float[] _last = new float[1];
    readonly bool _hasRidge = pipeline.IsScaleFree;

    public int StateBytes => _ar1.StateBytes + _ridge.StateBytes;

    /// <summary>The last return in units of the scale now, as the autoregression takes it: 0 before the first label.</summary>
    public static float LastReturn(MicroBatch batch) => batch.Rows.Count == 0
        ? 0f
        : (float)Math.Clamp(batch.Rows[^1].TargetReturn / batch.Scale, -5, 5);

    public double PredictAr1(float lastReturn)
    {
        _last[0] = lastReturn;
        return _ar1.Predict(_last);
    }

    public double PredictRidge(ReadOnlySpan<float> features) => _hasRidge ? _ridge.Predict(features) : 0;

    /// <summary>[width] a copy; empty where ridge says no change.</summary>
    public double[] RidgeCoefficients() => _hasRidge ? _ridge.Coefficients.ToArray() : [];

    /// <summary>Takes the label of a row.</summary>
    /// <param name="lastReturn">What <see cref="LastReturn"/> was at the row's bar.</param>
    /// <param name="features">The row's features.</param>
    /// <param name="z">Its target in z units.</param>
    public void Learn(float lastReturn, ReadOnlySpan<float> features, double z)
    {
        _last[0] = lastReturn;
        _ar1.Learn(_last, z);
        if (_hasRidge) _ridge.Learn(features, z);
    }

    public void Write(ref StateWriter writer)
    {
        _ar1.Write(ref writer);
        _ridge.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        _ar1.Read(ref reader);
        _ridge.Read(ref reader);
    }
}
