using Kafka.Stock.Contracts;

namespace Kafka.Stock.Topology;

/// <summary>A window over ticks that is still open.</summary>
/// <param name="StartUs">Start, microseconds since 1970 UTC.</param>
/// <param name="EndUs">End; a tick at this time belongs to the next window.</param>
/// <param name="Open">First price, in the order of the log.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price, in the order of the log.</param>
/// <param name="Volume">Shares.</param>
/// <param name="Ticks">Trades.</param>
readonly record struct BarWindow(long StartUs, long EndUs, Price Open, Price High, Price Low, Price Close, long Volume, long Ticks)
{
    public static BarWindow Begin(long startUs, long endUs, in Tick tick) =>
        new(startUs, endUs, tick.Price, tick.Price, tick.Price, tick.Price, tick.Size, 1);

    public BarWindow With(in Tick tick) => this with
    {
        High = tick.Price.Micros > High.Micros ? tick.Price : High,
        Low = tick.Price.Micros < Low.Micros ? tick.Price : Low,
        Close = tick.Price,
        Volume = Volume + tick.Size,
        Ticks = Ticks + 1,
    };

    public Bar ToBar(in SeriesId series) => new(series, StartUs, EndUs, Open, High, Low, Close, Volume, Ticks);
}
