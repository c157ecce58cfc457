namespace Kafka.Stock.Calendars;

/// <summary>When an exchange is open. Times are microseconds since 1970 UTC, days are days in the exchange's own zone.</summary>
/// <remarks>
/// Pure and immutable: safe to share between threads. No method allocates unless it throws, and each is O(1).
/// Every method throws <see cref="CalendarRangeException"/> for a day or time outside <see cref="FirstDay"/>..<see cref="LastDay"/>,
/// and where the answer would lie outside.
/// </remarks>
public interface ITradingCalendar
{
    /// <summary>The name that options and records use, such as <c>us-equities</c>.</summary>
    string Name { get; }

    /// <summary>First day that the calendar knows, whether or not it has a session.</summary>
    DateOnly FirstDay { get; }

    /// <summary>Last day that the calendar knows, whether or not it has a session.</summary>
    DateOnly LastDay { get; }

    /// <summary>The session of a day; false on a weekend, a holiday or another day without one.</summary>
    bool TryGetSession(DateOnly day, out TradingSession session);

    /// <summary>The day in the exchange's zone at a time; it need not have a session.</summary>
    DateOnly TradingDay(long timeUs);

    /// <summary>When a day begins: midnight in the exchange's zone, microseconds since 1970 UTC.</summary>
    long DayStartUs(DateOnly day);

    /// <summary>The session with open &lt;= t &lt; close; false when the exchange is closed at t.</summary>
    bool TryGetSessionAt(long timeUs, out TradingSession session);

    /// <summary>The first session on a day later than <paramref name="after"/>.</summary>
    TradingSession NextSession(DateOnly after);

    /// <summary>The last session on a day earlier than <paramref name="before"/>.</summary>
    TradingSession PreviousSession(DateOnly before);

    /// <summary>The nominal end of the bar that follows the one which ended at <paramref name="barEndUs"/>: always later than it.</summary>
    /// <param name="intervalUs">Length of a bar, which must divide a day (windows start at midnight UTC); 0 for one session.</param>
    /// <param name="barEndUs">End of a bar.</param>
    /// <returns>
    /// For a session: the close of the first session that closes after <paramref name="barEndUs"/>. Else the end of the next window, when
    /// that lies in the extended hours of a trading day; otherwise the end of the window that holds the open of the next session.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or doesn't divide a day.</exception>
    long NextBarEnd(long intervalUs, long barEndUs);

    /// <summary>How many windows of this length a session touches; 1 for the interval 0 (one session).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or doesn't divide a day.</exception>
    int BarsOfSession(TradingSession session, long intervalUs);

    /// <summary>The starts of these windows in order, for a <c>foreach</c> that doesn't allocate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or doesn't divide a day.</exception>
    SessionBarStarts BarStarts(TradingSession session, long intervalUs);
}
