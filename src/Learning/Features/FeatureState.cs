namespace Kafka.Stock.Learning;

/// <summary>What a pipeline remembers of one series: fixed memory, O(60) a bar, no allocation after construction.</summary>
public sealed class FeatureState
{
    /// <summary>From this bar on, the features may be learnt from and forecast with.</summary>
    public const int WarmBars = 61;

    /// <summary>Regressors of the volatility forecast that a series' own bars give.</summary>
    public const int VolatilityInputs = 4;

    /// <summary>Further regressors that a market reference gives.</summary>
    public const int ReferenceVolatilityInputs = 2;

    const int Layout = 0x3245_4146;
    const double Clip = 4.0;
    const double RawMax = 1e30;
    const double LeverageMin = -2.0;

    readonly double[] _memory;
    readonly BarHistory? _reference;

    /// <summary>Makes the empty state of one series.</summary>
    public FeatureState(FeaturePipeline pipeline)
    {
        Pipeline = pipeline;
        _memory = new double[pipeline.MemoryDoubles];
        _reference = pipeline.UsesReference ? new BarHistory() : null;
        History = new BarHistory(_reference);
    }

    /// <summary>The pipeline that it belongs to.</summary>
    public FeaturePipeline Pipeline { get; }

    /// <summary>The bars so far, condensed.</summary>
    public BarHistory History { get; }

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

    /// <summary>End of the last bar of the market reference, microseconds since 1970 UTC; 0 before the first, or without a
    /// reference.</summary>
    public long ReferenceEndUs => _reference?.LastEndUs ?? 0;

    /// <summary>Bytes of its saved state.</summary>
    public int StateBytes => sizeof(int) + sizeof(long) + _memory.Length * sizeof(double)
        + (_reference is null ? 1 : 2) * BarHistory.StateBytes;

    /// <summary>Takes the next bar of the series.</summary>
    /// <exception cref="ArgumentException">The bar isn't <see cref="BarInput.IsUsable"/>; nothing has changed.</exception>
    public void Add(in BarInput bar)
    {
        if (!bar.IsUsable) throw new ArgumentException($"found {bar}; expected finite prices above 0 and a finite volume", nameof(bar));
        History.Add(bar);
        var used = 0;
        foreach (var feature in Pipeline.Features) feature.Update(History, Memory(feature, ref used));
    }

    /// <summary>Takes the next bar of the market reference, before the bar of the series that ends at the same time.</summary>
    /// <remarks>The series keeps its own condensed history of the reference, from its own first bar on, so that nothing depends on
    /// which other series are near.</remarks>
    /// <exception cref="ArgumentException">The bar isn't <see cref="BarInput.IsUsable"/> or ends no later than the one before;
    /// nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has no reference.</exception>
    public void AddReference(in BarInput bar)
    {
        if (_reference is null) throw new InvalidOperationException($"{Pipeline.Name} has no market reference");
        if (!bar.IsUsable) throw new ArgumentException($"found {bar}; expected finite prices above 0 and a finite volume", nameof(bar));
        if (_reference.BarCount > 0 && bar.EndUs <= _reference.LastEndUs)
            throw new ArgumentException($"found a bar that ends at {bar.EndUs}; expected one after {_reference.LastEndUs}", nameof(bar));
        _reference.Add(bar);
    }

    /// <summary>Writes the features of the last bar, each finite, scale-free ones within +-4, in the order of the pipeline.</summary>
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
            var limit = feature.Kind == FeatureKind.ScaleFree ? Clip : RawMax;
            features[index++] = double.IsNaN(value) ? 0f : (float)Math.Clamp(value, -limit, limit);
        }
    }

    /// <summary>Writes the regressors of the volatility forecast: E(.6), E(.86), E(.96) with E(l) = ln max(EW(rv,l), 1e-4), and the
    /// leverage term neg = EW(r,.8) / EW(rv,.96), clipped to [-2, 0]; with a market reference also its E(.6) - E(.96) and its neg, 0
    /// where it has no bar of the same end.</summary>
    /// <param name="inputs">[<see cref="FeaturePipeline.VolatilityInputs"/>].</param>
    public void CopyVolatilityInputs(Span<double> inputs)
    {
        if (inputs.Length != Pipeline.VolatilityInputs)
            throw new ArgumentException($"expected room for {Pipeline.VolatilityInputs} numbers", nameof(inputs));
        inputs[0] = LogRange(History.Range60);
        inputs[1] = LogRange(History.Range86);
        inputs[2] = LogRange(History.Range96);
        inputs[3] = Leverage(History);
        if (_reference is null) return;
        var market = History.Market;
        inputs[4] = market is null ? 0.0 : LogRange(market.Range60) - LogRange(market.Range96);
        inputs[5] = market is null ? 0.0 : Leverage(market);
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
        _reference?.Reset();
        Array.Clear(_memory);
    }

    /// <summary>Takes over all that another state of the same pipeline knows. No allocation.</summary>
    /// <exception cref="ArgumentException">The pipeline is another.</exception>
    public void CopyFrom(FeatureState other)
    {
        if (other.Pipeline.Fingerprint != Pipeline.Fingerprint)
            throw new ArgumentException($"found {other.Pipeline.Name}; expected {Pipeline.Name}", nameof(other));
        History.CopyFrom(other.History);
        if (other._reference is not null) _reference?.CopyFrom(other._reference);
        other._memory.CopyTo(_memory, 0);
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Pipeline.Fingerprint);
        History.Write(ref writer);
        _reference?.Write(ref writer);
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
        _reference?.Read(ref reader);
        reader.Doubles(_memory);
    }

    static double LogRange(double range) => PortableMath.Log(Math.Max(range, BarHistory.ScaleMin));

    static double Leverage(BarHistory history) =>
        Math.Clamp(history.Return80 / Math.Max(history.Range96, BarHistory.ScaleMin), LeverageMin, 0.0);

    Span<double> Memory(IFeature feature, ref int used)
    {
        var memory = _memory.AsSpan(used, feature.MemoryDoubles);
        used += feature.MemoryDoubles;
        return memory;
    }
}
