using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>What a final bar does to its series: published, restart after a hole, features, label, micro-batch.</summary>
sealed class BarSteps(TopologyOptions options, MicroBatchMaker maker)
{
    const long DayUs = 86_400_000_000;
    static readonly int s_dayOf1970 = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Takes the next bar of a series.</summary>
    public void OnBar(TopologyState state, in Bar bar, IOutput output)
    {
        output.Publish(StockTopics.Bars, bar.Series.Symbol, bar);
        if (IsAcrossHole(state, bar.EndUs))
        {
            state.Features.Reset();
            state.Pending.Clear();
            state.Replay.Clear();
            state.Restarted = true;
            output.Count(FoldEvent.SeriesRestarted);
        }

        state.Features.Add(Input(new BarWindow(bar.StartUs, bar.EndUs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, 0), bar.EndUs));
        maker.OnBar(bar.Series, state, output);
    }

    /// <summary>Takes the next bar of the market reference; one that isn't later than the last is a repeat.</summary>
    public void OnReference(TopologyState state, in BarWindow bar, IOutput output)
    {
        if (bar.EndUs <= state.Features.ReferenceEndUs) output.Count(FoldEvent.Duplicate);
        else state.Features.AddReference(Input(bar, bar.EndUs));
    }

    /// <summary>A bar that ends then restarts the series.</summary>
    public bool IsAcrossHole(TopologyState state, long endUs) =>
        state.BarCount > 0 && endUs - state.LastEndUs > options.RestartAfterDays * DayUs;

    /// <summary>A window's trades as the features see them, as if it ended then.</summary>
    public BarInput Input(in BarWindow window, long endUs)
    {
        var day = options.Calendar.TradingDay(endUs - 1);
        return new BarInput(
            endUs, window.Open.ToDouble(), window.High.ToDouble(), window.Low.ToDouble(), window.Close.ToDouble(), window.Volume,
            day.DayOfWeek == DayOfWeek.Friday, day.DayNumber - s_dayOf1970);
    }
}
