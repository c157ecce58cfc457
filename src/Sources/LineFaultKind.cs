namespace Kafka.Stock.Sources;

/// <summary>What is wrong with a line.</summary>
public enum LineFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>More or fewer fields than the header has.</summary>
    FieldCount,

    /// <summary>Longer than a line of market data can be.</summary>
    TooLong,

    /// <summary>The time isn't one.</summary>
    Time,

    /// <summary>A time that the calendar doesn't know.</summary>
    TimeRange,

    /// <summary>A day without a session.</summary>
    NoSession,

    /// <summary>The start of an intraday bar isn't a multiple of its length.</summary>
    OffGrid,

    /// <summary>The price isn't a finite number above 0 of decimal(18,6).</summary>
    Price,

    /// <summary>Low above high.</summary>
    LowAboveHigh,

    /// <summary>The open lies outside low to high.</summary>
    OpenOutside,

    /// <summary>The close lies outside low to high.</summary>
    CloseOutside,

    /// <summary>The volume or size isn't a whole number of shares.</summary>
    Volume,

    /// <summary>The symbol isn't one.</summary>
    Symbol,

    /// <summary>More symbols than one file may hold.</summary>
    TooManySymbols,

    /// <summary>A second bar of the same time.</summary>
    Duplicate,

    /// <summary>The time is earlier than that of the line before.</summary>
    Backwards,
}
