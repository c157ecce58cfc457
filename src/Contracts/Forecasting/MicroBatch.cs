namespace Kafka.Stock.Contracts;

/// <summary>What a bar gives the Trainer: rows to learn from (the latest labelled and recency-biased past ones) and the row to forecast from.</summary>
/// <remarks>Reused by who reads it, so that a step allocates nothing: what must outlive the step is copied.</remarks>
public sealed class MicroBatch
{
    readonly List<LabelledRow> _spare = [];

    /// <summary>Whose bar it is.</summary>
    public SeriesId Series { get; set; }

    /// <summary>End of the bar, microseconds since 1970 UTC.</summary>
    public long BarEndUs { get; set; }

    /// <summary>When the forecast's target is due by the calendar, microseconds since 1970 UTC.</summary>
    public long TargetTimeUs { get; set; }

    /// <summary>True for the first micro-batch after a warm-up: nothing before it may be scored against it.</summary>
    public bool Restarted { get; set; }

    /// <summary>Close of the bar, dollars.</summary>
    public double Close { get; set; }

    /// <summary>Running range-based scale s(t) of one bar's return, at least 1e-4.</summary>
    public double Scale { get; set; }

    /// <summary>Range volatility of this bar: root of night squared + Parkinson. The label of the previous bar's volatility forecast.</summary>
    public double RangeVolatility { get; set; }

    /// <summary>[4, or 6 with a market reference] regressors of the log-HAR scale without the constant: E(.6), E(.86), E(.96), neg.</summary>
    public double[] VolatilityInputs { get; set; } = [];

    /// <summary>[width] features to forecast from.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Rows to learn from, oldest first; the last one is the row whose label has just come. Empty at first.</summary>
    public List<LabelledRow> Rows { get; } = [];

    /// <summary>Fingerprint of the feature pipeline that made the features.</summary>
    public long Fingerprint { get; set; }

    /// <summary>Epoch of the fold that made the micro-batch.</summary>
    public long Epoch { get; set; }

    /// <summary>Makes <see cref="Rows"/> exactly <paramref name="count"/> long, keeping rows that exist for reuse.</summary>
    public void ResizeRows(int count)
    {
        while (Rows.Count > count)
        {
            _spare.Add(Rows[^1]);
            Rows.RemoveAt(Rows.Count - 1);
        }

        while (Rows.Count < count)
        {
            var row = _spare.Count > 0 ? _spare[^1] : new LabelledRow();
            if (_spare.Count > 0) _spare.RemoveAt(_spare.Count - 1);
            Rows.Add(row);
        }
    }
}
