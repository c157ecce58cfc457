using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>The rows of some bars, made by the folds, in the order of event time, and what a hand-made system would add to them.</summary>
sealed class LeakRows : IOutput
{
    const double TrainShare = 0.6;

    readonly List<(SeriesId Series, long BarEndUs, double[] Features, double Return, double Scale, double Close,
        double Next)> _labelled = [];
    readonly Dictionary<SeriesId, List<Bar>> _bars = [];
    readonly Dictionary<(SeriesId Series, long BarEndUs), double[]> _past = [];

    LeakRows()
    {
    }

    /// <summary>Rows to fit on: the first three fifths of the time.</summary>
    public IReadOnlyList<LeakRow> Train { get; private set; } = [];

    /// <summary>Rows to be scored on: those after them.</summary>
    public IReadOnlyList<LeakRow> Test { get; private set; } = [];

    /// <summary>Makes the rows.</summary>
    /// <exception cref="BrokenInputException">There are too few bars for a comparison, or no price ever moves.</exception>
    public static LeakRows Of(IEnumerable<SourceBar> bars)
    {
        var rows = new LeakRows();
        var simulation = new Simulation(new SimulationOptions { Schedule = RetrainSchedule.Never }, rows);
        foreach (var bar in bars) simulation.Apply(bar);
        var all = rows.Finished();
        if (all.Count < 2_000) throw new BrokenInputException(
            "leaks", $"{all.Count} rows with a label", "2000 or more: some years of daily bars");
        var cut = (int)(TrainShare * all.Count);
        (rows.Train, rows.Test) = (all[..cut], all[cut..]);
        return rows.Train.Any(row => row.Target != 0) && rows.Test.Any(row => row.Target != 0)
            ? rows
            : throw new BrokenInputException("leaks", "closes that never move", "daily bars of prices that do");
    }

    void IOutput.Publish<TRecord>(Topic topic, string symbol, in TRecord record)
    {
        if (record is Bar bar)
        {
            if (!_bars.TryGetValue(bar.Series, out var bars)) _bars[bar.Series] = bars = [];
            bars.Add(bar);
        }

        if (record is not MicroBatch batch) return;
        _past[(batch.Series, batch.BarEndUs)] = [.. batch.Rows.SkipLast(1).Select(one => one.Close)];
        if (batch.Rows.Count == 0) return;
        var row = batch.Rows[^1];
        _labelled.Add((
            batch.Series, row.BarEndUs, [.. row.Features.Select(feature => (double)feature)], row.TargetReturn, row.Scale,
                row.Close, row.TargetClose));
    }

    void IOutput.Count(FoldEvent what)
    {
        // Rows are all that is wanted.
    }

    List<LeakRow> Finished()
    {
        List<LeakRow> rows = [];
        SeriesId[] series = [.. _bars.Keys.Order()];
        var places = series.ToDictionary(
            one => one, one => _bars[one].Select((bar, place) => (bar.EndUs, place)).ToDictionary(item => item.EndUs, item => item.place));
        foreach (var row in _labelled)
        {
            var bars = _bars[row.Series];
            var at = places[row.Series][row.BarEndUs];
            if (at < 1 || at + 1 >= bars.Count) continue;
            var past = _past[(row.Series, row.BarEndUs)];
            rows.Add(new LeakRow(
                Array.IndexOf(series, row.Series), row.Features, Clip(Move(bars[at - 1], bars[at]) / row.Scale),
                    Clip(row.Return / row.Scale),
                row.Scale, row.Close, row.Next, Average(bars[at - 1], bars[at]) / row.Scale, Average(bars[at], bars[at + 1]) / row.Scale,
                PortableMath.Log(row.Close / past.Append(row.Close).Average()) / (3 * row.Scale)));
        }

        return rows;
    }

    static double Move(in Bar before, in Bar bar) => PortableMath.Log(Close(bar) / Close(before));

    static double Average(in Bar before, in Bar bar) =>
        PortableMath.Log((bar.Open.ToDouble() + bar.High.ToDouble() + bar.Low.ToDouble() + Close(bar)) / 4 / Close(before));

    static double Close(Bar bar) => bar.Close.ToDouble();

    static double Clip(double value) => Math.Clamp(value, -5, 5);
}
