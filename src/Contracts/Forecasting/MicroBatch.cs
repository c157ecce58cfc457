namespace Kafka.Stock.Contracts;

/// <summary>What a bar gives the Trainer: rows to learn from (the latest labelled and recency-biased past ones) and the row to
/// forecast from.</summary>
/// <remarks>Reused by who reads it, so that a step allocates nothing: what must outlive the step is copied.</remarks>
public sealed class MicroBatch : IAvroRecord<MicroBatch>
{
    readonly List<LabelledRow> _spare = [];

    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.MicroBatch";

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

    /// <summary>Range volatility of this bar: root of night squared + Parkinson. The label of the previous bar's volatility
    /// forecast.</summary>
    public double RangeVolatility { get; set; }

    /// <summary>[4, or 6 with a market reference] regressors of the log-HAR scale without the constant: E(.6), E(.86), E(.96),
    /// neg.</summary>
    public double[] VolatilityInputs { get; set; } = [];

    /// <summary>[width] features to forecast from.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Rows to learn from, oldest first; the last one is the row whose label has just come. Empty at first.</summary>
    public List<LabelledRow> Rows { get; } = [];

    /// <summary>Fingerprint of the feature pipeline that made the features.</summary>
    public long Fingerprint { get; set; }

    /// <summary>Epoch of the fold that made the micro-batch.</summary>
    public long Epoch { get; set; }

    /// <summary>True for a refresh within a session: forecast from, never learnt from.</summary>
    public bool Provisional { get; set; }

    /// <summary>Share of the session that is still to come, 0 to 1; 0 at its close.</summary>
    public double RemainingShare { get; set; }

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

    /// <inheritdoc/>
    public static void Write(in MicroBatch value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteLong(value.BarEndUs);
        writer.WriteLong(value.TargetTimeUs);
        writer.WriteBoolean(value.Restarted);
        writer.WriteFiniteDouble(value.Close);
        writer.WriteFiniteDouble(value.Scale);
        writer.WriteFiniteDouble(value.RangeVolatility);
        AvroArrays.Write(ref writer, value.VolatilityInputs);
        AvroArrays.Write(ref writer, value.Features);
        writer.WriteBlock(value.Rows.Count);
        for (var i = 0; i < value.Rows.Count; i++) value.Rows[i].Write(ref writer);
        writer.WriteBlocksEnd();
        writer.WriteLong(value.Fingerprint);
        writer.WriteLong(value.Epoch);
        writer.WriteBoolean(value.Provisional);
        writer.WriteFiniteDouble(value.RemainingShare);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref MicroBatch? value)
    {
        value ??= new MicroBatch();
        value.Series = reader.ReadSeries(names);
        value.BarEndUs = reader.ReadLong();
        value.TargetTimeUs = reader.ReadLong();
        value.Restarted = reader.ReadBoolean();
        value.Close = reader.ReadFiniteDouble();
        value.Scale = reader.ReadFiniteDouble();
        value.RangeVolatility = reader.ReadFiniteDouble();
        value.VolatilityInputs = AvroArrays.ReadDoubles(ref reader, value.VolatilityInputs);
        value.Features = AvroArrays.ReadFloats(ref reader, value.Features);
        ReadRows(ref reader, value);
        value.Fingerprint = reader.ReadLong();
        value.Epoch = reader.ReadLong();
        value.Provisional = reader.ReadBoolean();
        value.RemainingShare = reader.ReadFiniteDouble();
    }

    static void ReadRows(ref AvroReader reader, MicroBatch value)
    {
        var used = 0;
        while (reader.ReadBlock(LabelledRow.MinBytes) is var count and > 0)
        {
            value.ResizeRows(used + count);
            for (var end = used + count; used < end; used++) value.Rows[used].Read(ref reader);
        }

        value.ResizeRows(used);
    }
}
