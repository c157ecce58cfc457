namespace Kafka.Stock.Learning;

/// <summary>A linear forecast of z by least squares on all rows so far, held near 0 by a strong prior: with one input, the last return, an
/// autoregression of order one; with the pipeline's features, a ridge regression.</summary>
/// <remarks>Recursive least squares without forgetting and without a constant, b = 0 and P = prior I at the start, so that after n rows of
/// unit inputs a coefficient is about n / (n + 1/prior) of the least-squares one. Not thread-safe; no allocation after
/// construction.</remarks>
public sealed class LinearForecaster
{
    /// <summary>Prior of the autoregression: a thousand rows of nothing.</summary>
    public const double AutoregressionPrior = 0.001;

    /// <summary>Prior of the ridge regression: five thousand rows of nothing.</summary>
    public const double RidgePrior = 0.0002;

    const int Layout = 0x314E_494C;
    const double TargetMax = 5.0;

    readonly RecursiveLeastSquares _squares;
    readonly double[] _row;

    /// <summary>Makes one that has learnt nothing and says 0.</summary>
    /// <param name="inputs">Inputs of a row, 1 to <see cref="FeaturePipeline.WidthMax"/>.</param>
    /// <param name="prior">Variance of a coefficient before the first row, above 0.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public LinearForecaster(int inputs, double prior)
    {
        if (inputs is < 1 or > FeaturePipeline.WidthMax)
            throw new ArgumentException($"found {inputs} inputs; expected 1 to {FeaturePipeline.WidthMax}", nameof(inputs));
        if (!(prior > 0 && double.IsFinite(prior)))
            throw new ArgumentException($"found a prior of {prior}; expected one above 0", nameof(prior));
        _squares = new RecursiveLeastSquares(inputs, 1.0, prior);
        _row = new double[inputs];
    }

    /// <summary>Coefficients, in the order of the inputs.</summary>
    public ReadOnlySpan<double> Coefficients => _squares.Coefficients;

    /// <summary>Bytes of its saved state.</summary>
    public int StateBytes => 2 * sizeof(int) + _squares.StateBytes;

    /// <summary>Its forecast for a row, in z units.</summary>
    /// <param name="inputs">[inputs], finite.</param>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public double Predict(ReadOnlySpan<float> inputs)
    {
        Take(inputs);
        return _squares.Predict(_row);
    }

    /// <summary>Takes a row and its target in z units, clipped to +-5; what isn't finite is left out.</summary>
    /// <param name="inputs">[inputs].</param>
    /// <param name="z">The target.</param>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public void Learn(ReadOnlySpan<float> inputs, double z)
    {
        Take(inputs);
        if (double.IsNaN(z)) return;
        foreach (var input in _row)
        {
            if (!double.IsFinite(input)) return;
        }

        _squares.Learn(_row, Math.Clamp(z, -TargetMax, TargetMax));
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_row.Length);
        _squares.Write(ref writer);
    }

    /// <summary>Restores what <see cref="Write"/> saved of one with as many inputs.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another number of inputs.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "linear forecaster");
        reader.Expect(_row.Length, "inputs");
        _squares.Read(ref reader);
    }

    void Take(ReadOnlySpan<float> inputs)
    {
        if (inputs.Length != _row.Length) throw new ArgumentException($"expected {_row.Length} inputs", nameof(inputs));
        for (var i = 0; i < inputs.Length; i++) _row[i] = inputs[i];
    }
}
