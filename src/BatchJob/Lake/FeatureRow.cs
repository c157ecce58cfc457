using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A row of gold/features on its way: it gets its label later than its features.</summary>
sealed class FeatureRow
{
    public required Bar Bar { get; init; }

    public double AveOpen { get; set; }

    public double AveHigh { get; set; }

    public double AveLow { get; set; }

    public double AveClose { get; set; }

    public long TotalVolume { get; set; }

    public double MeanClose { get; set; }

    /// <summary>[width] as the stream had them; null before the warm-up's end.</summary>
    public float[]? Features { get; set; }

    public long Fingerprint { get; set; }

    public long Epoch { get; set; }

    public bool HasLabel { get; set; }

    public double Label { get; set; }

    public long TargetEndUs { get; set; }

    public double TargetClose { get; set; }

    public void Write(LayerStateWriter state)
    {
        var bar = Bar;
        foreach (var value in (ReadOnlySpan<long>)
        [
            bar.StartUs, bar.EndUs, bar.Open.Micros, bar.High.Micros, bar.Low.Micros, bar.Close.Micros, bar.Volume, bar.Ticks, TotalVolume,
        ])
        {
            state.Long(value);
        }

        foreach (var value in (ReadOnlySpan<double>)[AveOpen, AveHigh, AveLow, AveClose, MeanClose, Label, TargetClose])
        {
            state.Double(value);
        }

        state.Floats(Features);
        state.Long(Fingerprint);
        state.Long(Epoch);
        state.Truth(HasLabel);
        state.Long(TargetEndUs);
    }

    public static FeatureRow Read(LayerStateReader state, in SeriesId series)
    {
        var bar = new Bar(
            series, state.Long(), state.Long(), new Price(state.Long()), new Price(state.Long()), new Price(state.Long()),
            new Price(state.Long()), state.Long(), state.Long());
        return new FeatureRow
        {
            Bar = bar,
            TotalVolume = state.Long(),
            AveOpen = state.Double(),
            AveHigh = state.Double(),
            AveLow = state.Double(),
            AveClose = state.Double(),
            MeanClose = state.Double(),
            Label = state.Double(),
            TargetClose = state.Double(),
            Features = state.Floats(),
            Fingerprint = state.Long(),
            Epoch = state.Long(),
            HasLabel = state.Truth(),
            TargetEndUs = state.Long(),
        };
    }
}
