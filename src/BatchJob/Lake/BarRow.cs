using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>A row of silver/bars on its way.</summary>
struct BarRow
{
    public SeriesId Series;
    public bool IsRevised;
    public long StartUs;
    public long EndUs;
    public Price Open;
    public Price High;
    public Price Low;
    public Price Close;
    public long Volume;

    /// <summary>Trades in it; 0 for a bar that was delivered whole.</summary>
    public long Ticks;

    /// <summary>Product of the price factors of the splits and dividends up to the bar, in dollars then per dollar at first.</summary>
    public double SplitFactor;

    /// <summary>The source's own progress in event time when the newest record of the row came.</summary>
    public long KnownAtUs;

    /// <summary>Time of the earliest trade, where the row is revised and built of trades.</summary>
    public long? FirstTickUs;

    /// <summary>Time of the latest trade.</summary>
    public long? LastTickUs;

    /// <summary>The newest record that made the row.</summary>
    public RecordPlace Place;
}
