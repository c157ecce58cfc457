using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

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
    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int StateBytes = 64;

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

    public static BarWindow Of(in SourceBar bar) =>
        new(bar.StartUs, bar.EndUs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, 0);

    /// <summary>This window's start and end with a later one's trades taken in.</summary>
    public BarWindow With(in BarWindow later) => this with
    {
        High = later.High.Micros > High.Micros ? later.High : High,
        Low = later.Low.Micros < Low.Micros ? later.Low : Low,
        Close = later.Close,
        Volume = Volume + later.Volume,
        Ticks = Ticks + later.Ticks,
    };

    /// <summary>At the scale after a split.</summary>
    public BarWindow Rescaled(double priceFactor, double volumeFactor) => this with
    {
        Open = Scaled(Open, priceFactor),
        High = Scaled(High, priceFactor),
        Low = Scaled(Low, priceFactor),
        Close = Scaled(Close, priceFactor),
        Volume = (long)Math.Round(Volume * volumeFactor),
    };

    public void Write(ref StateWriter writer)
    {
        writer.Int64(StartUs);
        writer.Int64(EndUs);
        writer.Int64(Open.Micros);
        writer.Int64(High.Micros);
        writer.Int64(Low.Micros);
        writer.Int64(Close.Micros);
        writer.Int64(Volume);
        writer.Int64(Ticks);
    }

    public static BarWindow Read(ref StateReader reader) => new(
        reader.Int64(), reader.Int64(), new Price(reader.Int64()), new Price(reader.Int64()),
        new Price(reader.Int64()), new Price(reader.Int64()), reader.Int64(), reader.Int64());

    static Price Scaled(Price price, double factor) => new(Math.Max(1, (long)Math.Round(price.Micros * factor)));

    public Bar ToBar(in SeriesId series) => new(series, StartUs, EndUs, Open, High, Low, Close, Volume, Ticks);
}
