namespace Kafka.Stock.Learning;

/// <summary>Forecast of the next bar's range volatility for one series: ln sigma(t) = b . [1, E(.6), E(.86), E(.96), neg],
/// with a market reference b . [1, E(.6), E(.86), E(.96), neg, mkt, mneg].</summary>
/// <remarks>A heterogeneous autoregression (Corsi 2009) in logs on range volatility with a leverage term, by recursive least squares:
/// b = 0 and P = I at the start, forgetting .9999, label ln max(rv(t+1), 1e-4). Until it has learnt 200 rows the running scale speaks
/// for it.
/// It has seen only what was known at t. No allocation after construction.</remarks>
public sealed class VolatilityScale
{
    /// <summary>Rows from which on its own forecast is used.</summary>
    public const int WarmRows = 200;

    /// <summary>Most regressors beside the constant.</summary>
    public const int InputsMax = 16;

    const int Layout = 0x3152_4148;
    const double Forgetting = 0.9999;
    const double Prior = 1.0;
    const double SigmaMin = 1e-4;
    const double SigmaMax = 10.0;

    readonly RecursiveLeastSquares _regression;
    readonly double[] _row;
    bool _waiting;

    /// <summary>Makes the empty state.</summary>
    /// <param name="inputs">Regressors beside the constant, 1 to <see cref="InputsMax"/>:
    /// <see cref="FeaturePipeline.VolatilityInputs"/>, 4 for a series alone.</param>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public VolatilityScale(int inputs = FeatureState.VolatilityInputs)
    {
        if (inputs is < 1 or > InputsMax) throw new ArgumentException($"found {inputs} inputs; expected 1 to {InputsMax}", nameof(inputs));
        _regression = new RecursiveLeastSquares(inputs + 1, Forgetting, Prior);
        _row = new double[inputs + 1];
        _row[0] = 1.0;
    }

    /// <summary>Rows learnt.</summary>
    public long Rows { get; private set; }

    /// <summary>Coefficients: the constant, then the regressors.</summary>
    public ReadOnlySpan<double> Coefficients => _regression.Coefficients;

    /// <summary>Bytes of its saved state.</summary>
    public int StateBytes => 2 * sizeof(int) + sizeof(long) + 1 + (_row.Length - 1) * sizeof(double) + _regression.StateBytes;

    /// <summary>One bar: learns from it what the bar before should have forecast, then forecasts the next.</summary>
    /// <param name="inputs">Regressors at this bar, finite.</param>
    /// <param name="rangeVolatility">rv of this bar, the label of the bar before.</param>
    /// <param name="ewScale">s(t), used until 200 rows are learnt.</param>
    /// <returns>Scale of the next bar's return, from 1e-4 to 10.</returns>
    /// <exception cref="ArgumentException">The number of regressors is another, or a number isn't finite.</exception>
    public double Step(ReadOnlySpan<double> inputs, double rangeVolatility, double ewScale)
    {
        if (inputs.Length != _row.Length - 1) throw new ArgumentException($"expected {_row.Length - 1} inputs", nameof(inputs));
        foreach (var input in inputs)
        {
            if (!double.IsFinite(input)) throw new ArgumentException("expected finite inputs", nameof(inputs));
        }

        if (_waiting && double.IsFinite(rangeVolatility))
        {
            _regression.Learn(_row, PortableMath.Log(Math.Max(rangeVolatility, SigmaMin)));
            Rows++;
        }

        inputs.CopyTo(_row.AsSpan(1));
        _waiting = true;
        return Math.Clamp(Rows < WarmRows ? ewScale : PortableMath.Exp(_regression.Predict(_row)), SigmaMin, SigmaMax);
    }

    /// <summary>The forecast that <see cref="Step"/> would give if the bar ended now; nothing is learnt and nothing kept.</summary>
    /// <param name="inputs">Regressors of the bar so far, finite.</param>
    /// <param name="ewScale">s(t) of the bar so far, used until 200 rows are learnt.</param>
    /// <exception cref="ArgumentException">The number of regressors is another.</exception>
    public double Peek(ReadOnlySpan<double> inputs, double ewScale)
    {
        if (inputs.Length != _row.Length - 1) throw new ArgumentException($"expected {_row.Length - 1} inputs", nameof(inputs));
        Span<double> row = stackalloc double[InputsMax + 1];
        row = row[.._row.Length];
        row[0] = 1.0;
        inputs.CopyTo(row[1..]);
        return Math.Clamp(Rows < WarmRows ? ewScale : PortableMath.Exp(_regression.Predict(row)), SigmaMin, SigmaMax);
    }

    /// <summary>The series restarts: the bar before gets no label.</summary>
    public void Break() => _waiting = false;

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_row.Length);
        writer.Int64(Rows);
        writer.Boolean(_waiting);
        writer.Doubles(_row.AsSpan(1));
        _regression.Write(ref writer);
    }

    /// <summary>Restores what <see cref="Write"/> saved of an object with as many regressors.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another number of regressors.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "volatility scale");
        reader.Expect(_row.Length, "regressors with the constant");
        Rows = reader.Int64();
        _waiting = reader.Boolean();
        reader.Doubles(_row.AsSpan(1));
        _regression.Read(ref reader);
    }
}
