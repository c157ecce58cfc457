namespace Kafka.Stock.Sources;

/// <summary>What a market data file holds. Told by its header alone, never by its name.</summary>
public enum FileKind
{
    /// <summary>Splits and dividends.</summary>
    CorporateActions,

    /// <summary>One bar a session, dated by <c>dt</c> or <c>Date</c>.</summary>
    DailyBars,

    /// <summary>Bars of a fixed length within the day, named by their start.</summary>
    IntradayBars,

    /// <summary>One line a trade.</summary>
    Trades,
}
