namespace Kafka.Stock.Learning;

/// <summary>What a pipeline remembers of one series: fixed memory, O(60) a bar, no allocation after construction.</summary>
public sealed class FeatureState
{
    /// <summary>From this bar on, the features may be learnt from and forecast with.</summary>
    public const int WarmBars = 61;

    /// <summary>Number of regressors that <see cref="CopyVolatilityInputs"/> gives.</summary>
    public const int VolatilityInputs = 4;

    const int Layout = 0x3145_4146;
    const double Clip = 4.0;
    const double LeverageMin = -2.0;

    readonly double[] _memory;

    /// <summary>Makes the empty state of one series.</summary>
    public FeatureState(FeaturePipeline pipeline)
    {
        Pipeline = pipeline;
        _memory = new double[pipeline.MemoryDoubles];
    }

    /// <summary>The pipeline that it belongs to.</summary>
    public FeaturePipeline Pipeline { get; }

    /// <summary>The bars so far, condensed.</summary>
    public BarHistory History { get; } = new();

    /// <summary>Bars seen since construction or <see cref="Reset"/>.</summary>
    public int BarCount => History.BarCount;

    /// <summary>True from the 61st bar on.</summary>
    public bool IsWarm => BarCount >= WarmBars;

    /// <summary>s(t): running scale of one bar's return, at least 1e-4.</summary>
    public double Scale => History.Scale;

    /// <summary>rv(t): range volatility of the last bar, the night included.</summary>
    public double RangeVolatility => History.RangeVolatility;

    /// <summary>Close of the last bar, dollars; 0 before the first.</summary>
    public double LastClose => History.LastClose;

    /// <summary>End of the last bar, microseconds since 1970 UTC; 0 before the first.</summary>
    public long LastEndUs => History.LastEndUs;

    /// <summary>Bytes of its saved state.</summary>
    public int StateBytes => sizeof(int) + sizeof(long) + BarHistory.StateBytes + _memory.Length * sizeof(double);

    /// <summary>Takes the next bar of the series.</summary>
    /// <exception cref="ArgumentException">The bar isn't <see cref="BarInput.IsUsable"/>; nothing has changed.</exception>
    public void Add(in BarInput bar)
    {
        if (!bar.IsUsable) throw new ArgumentException($"found {bar}; expected finite prices above 0 and a finite volume", nameof(bar));
        History.Add(bar);
        var used = 0;
        foreach (var feature in Pipeline.Features) feature.Update(History, Memory(feature, ref used));
    }

    /// <summary>Writes the features of the last bar, each finite and within +-4, in the order of the pipeline.</summary>
    /// <param name="features">[width].</param>
    public void CopyFeatures(Span<float> features)
    {
        if (features.Length != Pipeline.Width)
            throw new ArgumentException("expected room for exactly the pipeline's width", nameof(features));
        var used = 0;
        var index = 0;
        foreach (var feature in Pipeline.Features)
        {
            var value = feature.Value(History, Memory(feature, ref used));
            features[index++] = double.IsNaN(value) ? 0f : (float)Math.Clamp(value, -Clip, Clip);
        }
    }

    /// <summary>Writes the regressors of the volatility forecast: E(.6), E(.86), E(.96) with E(l) = ln max(EW(rv,l), 1e-4), and the
    /// leverage
    /// term EW(r,.8) / EW(rv,.96), clipped to [-2, 0].</summary>
    /// <param name="inputs">[4].</param>
    public void CopyVolatilityInputs(Span<double> inputs)
    {
        if (inputs.Length != VolatilityInputs) throw new ArgumentException("expected room for 4 numbers", nameof(inputs));
        inputs[0] = PortableMath.Log(Math.Max(History.Range60, BarHistory.ScaleMin));
        inputs[1] = PortableMath.Log(Math.Max(History.Range86, BarHistory.ScaleMin));
        var slow = Math.Max(History.Range96, BarHistory.ScaleMin);
        inputs[2] = PortableMath.Log(slow);
        inputs[3] = Math.Clamp(History.Return80 / slow, LeverageMin, 0.0);
    }

    /// <summary>Rescales what it holds at a split: all earlier prices and volumes times these factors, as if they had always been
    /// so.</summary>
    /// <exception cref="ArgumentException">A factor isn't finite and above 0.</exception>
    public void Rescale(double priceFactor, double volumeFactor)
    {
        if (!(priceFactor > 0 && double.IsFinite(priceFactor)))
            throw new ArgumentException("expected a factor above 0", nameof(priceFactor));
        if (!(volumeFactor > 0 && double.IsFinite(volumeFactor)))
            throw new ArgumentException("expected a factor above 0", nameof(volumeFactor));
        if (BarCount == 0) return;
        History.Rescale(priceFactor, volumeFactor);
        var used = 0;
        foreach (var feature in Pipeline.Features) feature.Rescale(priceFactor, volumeFactor, Memory(feature, ref used));
    }

    /// <summary>Forgets everything: a new warm-up begins.</summary>
    public void Reset()
    {
        History.Reset();
        Array.Clear(_memory);
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Pipeline.Fingerprint);
        History.Write(ref writer);
        writer.Doubles(_memory);
    }

    /// <summary>Restores what <see cref="Write"/> saved of the same pipeline.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another pipeline.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "feature state");
        var fingerprint = reader.Int64();
        if (fingerprint != Pipeline.Fingerprint)
            throw new StateFormatException(
                "feature state", $"fingerprint {fingerprint:x16}", $"{Pipeline.Fingerprint:x16} ({Pipeline.Name})");

        History.Read(ref reader);
        reader.Doubles(_memory);
    }

    Span<double> Memory(IFeature feature, ref int used)
    {
        var memory = _memory.AsSpan(used, feature.MemoryDoubles);
        used += feature.MemoryDoubles;
        return memory;
    }
}
