using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A bar of the revised view: all trades of its window in the order of event time, or the newest word of a source.</summary>
sealed class RevisedBar
{
    public required long StartUs { get; init; }

    public required long EndUs { get; init; }

    public Price Open { get; set; }

    public Price High { get; set; }

    public Price Low { get; set; }

    public Price Close { get; set; }

    public long Volume { get; set; }

    /// <summary>Trades in it; 0 for a bar that was delivered whole.</summary>
    public long Ticks { get; set; }

    public long FirstTickUs { get; set; }

    public long LastTickUs { get; set; }

    public long KnownAtUs { get; set; } = long.MinValue;

    public RecordPlace Place { get; set; }

    /// <summary>It isn't yet in the table in this form.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The source delivered it whole: its trades don't count.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Takes a trade. A bar that the source delivered stays.</summary>
    public void Add(in Tick tick, long knownAtUs, in RecordPlace place)
    {
        if (IsDelivered) return;
        if (Ticks == 0)
        {
            (Open, High, Low, Close) = (tick.Price, tick.Price, tick.Price, tick.Price);
            (FirstTickUs, LastTickUs) = (tick.EventTimeUs, tick.EventTimeUs);
        }

        if (tick.EventTimeUs < FirstTickUs) (Open, FirstTickUs) = (tick.Price, tick.EventTimeUs);
        if (tick.EventTimeUs >= LastTickUs) (Close, LastTickUs) = (tick.Price, tick.EventTimeUs);
        if (tick.Price.Micros > High.Micros) High = tick.Price;
        if (tick.Price.Micros < Low.Micros) Low = tick.Price;
        Volume += tick.Size;
        Ticks++;
        Know(knownAtUs, place);
    }

    /// <summary>Takes a bar as delivered, if it is known later than what is there.</summary>
    public void Take(in SourceBar bar, long knownAtUs, in RecordPlace place)
    {
        if (IsDelivered && (knownAtUs, place).CompareTo((KnownAtUs, Place)) <= 0) return;
        (Open, High, Low, Close, Volume, Ticks) = (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, 0);
        IsDelivered = true;
        Know(knownAtUs, place);
    }

    /// <summary>It is final, or has changed, by this record.</summary>
    public void Know(long knownAtUs, in RecordPlace place)
    {
        (KnownAtUs, Place, IsChanged) = (Math.Max(KnownAtUs, knownAtUs), place, true);
    }

    public void Write(LayerStateWriter state)
    {
        foreach (var value in (ReadOnlySpan<long>)
            [StartUs, EndUs, Open.Micros, High.Micros, Low.Micros, Close.Micros, Volume, Ticks, FirstTickUs, LastTickUs, KnownAtUs])
        {
            state.Long(value);
        }

        Place.Write(state);
        state.Truth(IsDelivered);
    }

    public static RevisedBar Read(LayerStateReader state) => new()
    {
        StartUs = state.Long(),
        EndUs = state.Long(),
        Open = new Price(state.Long()),
        High = new Price(state.Long()),
        Low = new Price(state.Long()),
        Close = new Price(state.Long()),
        Volume = state.Long(),
        Ticks = state.Long(),
        FirstTickUs = state.Long(),
        LastTickUs = state.Long(),
        KnownAtUs = state.Long(),
        Place = RecordPlace.Read(state),
        IsDelivered = state.Truth(),
    };
}
