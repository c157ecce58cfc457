using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Gold's own columns of one series, and the rows whose label may still come.</summary>
/// <param name="horizonBars">Bars from a row to its label.</param>
sealed class FeatureSeries(int horizonBars)
{
    /// <summary>Rows of the moving mean of closes, the row itself among them.</summary>
    const int MeanRows = 30;

    readonly Queue<double> _closes = new();
    readonly Queue<FeatureRow> _open = new();
    int _day = int.MinValue;
    int _rowsOfDay;
    double _opens;
    double _highs;
    double _lows;
    double _closesOfDay;
    long _volume;

    /// <summary>Takes the next bar.</summary>
    /// <param name="bar">As served.</param>
    /// <param name="dayNumber">Its trading day.</param>
    /// <param name="emit">Gets rows that no label can reach any more.</param>
    public void OnBar(in Bar bar, int dayNumber, Action<FeatureRow> emit)
    {
        if (dayNumber != _day) (_day, _rowsOfDay, _opens, _highs, _lows, _closesOfDay, _volume) = (dayNumber, 0, 0, 0, 0, 0, 0);
        _rowsOfDay++;
        _opens += bar.Open.ToDouble();
        _highs += bar.High.ToDouble();
        _lows += bar.Low.ToDouble();
        _closesOfDay += bar.Close.ToDouble();
        _volume += bar.Volume;
        _closes.Enqueue(bar.Close.ToDouble());
        if (_closes.Count > MeanRows) _closes.Dequeue();
        _open.Enqueue(new FeatureRow
        {
            Bar = bar,
            AveOpen = _opens / _rowsOfDay,
            AveHigh = _highs / _rowsOfDay,
            AveLow = _lows / _rowsOfDay,
            AveClose = _closesOfDay / _rowsOfDay,
            TotalVolume = _volume,
            MeanClose = MeanOf(_closes),
        });
        if (_open.Count > horizonBars + 1) emit(_open.Dequeue());
    }

    /// <summary>Takes the features of the newest bar, and the label of an earlier one.</summary>
    public void OnBatch(MicroBatch batch)
    {
        if (batch.Provisional) return;
        foreach (var row in _open)
        {
            if (row.Bar.EndUs == batch.BarEndUs)
            {
                row.Features = batch.Features.AsSpan().ToArray();
                (row.Fingerprint, row.Epoch) = (batch.Fingerprint, batch.Epoch);
            }

            if (batch.Rows.Count == 0 || row.Bar.EndUs != batch.Rows[^1].BarEndUs) continue;
            var labelled = batch.Rows[^1];
            (row.HasLabel, row.Label) = (true, labelled.TargetReturn);
            (row.TargetEndUs, row.TargetClose) = (labelled.TargetEndUs, labelled.TargetClose);
        }
    }

    /// <summary>Makes earlier closes comparable with later ones, after a split or dividend.</summary>
    public void Rescale(double priceFactor)
    {
        for (var left = _closes.Count; left > 0; left--) _closes.Enqueue(_closes.Dequeue() * priceFactor);
    }

    /// <summary>Gives the rows whose label hasn't come; they stay, and come again with it.</summary>
    public void EmitOpen(Action<FeatureRow> emit)
    {
        foreach (var row in _open) emit(row);
    }

    public void Write(LayerStateWriter state)
    {
        state.Int(_day);
        state.Int(_rowsOfDay);
        foreach (var sum in (ReadOnlySpan<double>)[_opens, _highs, _lows, _closesOfDay]) state.Double(sum);
        state.Long(_volume);
        state.Int(_closes.Count);
        foreach (var close in _closes) state.Double(close);
        state.Int(_open.Count);
        foreach (var row in _open) row.Write(state);
    }

    public void Read(LayerStateReader state, in SeriesId series)
    {
        (_day, _rowsOfDay) = (state.Int(), state.Int());
        (_opens, _highs, _lows, _closesOfDay) = (state.Double(), state.Double(), state.Double(), state.Double());
        _volume = state.Long();
        for (var left = state.Count(MeanRows); left > 0; left--) _closes.Enqueue(state.Double());
        for (var left = state.Count(horizonBars + 1); left > 0; left--) _open.Enqueue(FeatureRow.Read(state, series));
    }

    static double MeanOf(Queue<double> closes)
    {
        var sum = 0.0;
        foreach (var close in closes) sum += close;
        return sum / closes.Count;
    }
}
