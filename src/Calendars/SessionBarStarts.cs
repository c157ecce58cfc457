using System.Runtime.InteropServices;

namespace Kafka.Stock.Calendars;

/// <summary>The starts of the windows that a session touches, in microseconds since 1970 UTC, in order.</summary>
/// <remarks>
/// Windows start at midnight UTC, so where the length doesn't divide the time of the open the first one begins before it:
/// an open at 14:30 UTC lies in the hour bar of 14:00. For an interval of one session the only start is the open.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct SessionBarStarts
{
    readonly long _firstUs;
    readonly long _intervalUs;

    internal SessionBarStarts(in TradingSession session, long intervalUs)
    {
        CalendarTime.CheckInterval(intervalUs);
        _intervalUs = intervalUs;
        _firstUs = intervalUs == 0 ? session.OpenUs : CalendarTime.FloorUs(session.OpenUs, intervalUs);
        Count = intervalUs == 0 ? 1 : (int)((session.CloseUs - _firstUs + intervalUs - 1) / intervalUs);
    }

    /// <summary>How many windows there are.</summary>
    public int Count { get; }

    /// <summary>Lets <c>foreach</c> walk the starts on the stack.</summary>
    public Enumerator GetEnumerator() => new(_firstUs, _intervalUs, Count);

    /// <summary>Walks the starts without allocating.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Enumerator
    {
        readonly long _intervalUs;
        int _left;

        internal Enumerator(long firstUs, long intervalUs, int count)
        {
            _intervalUs = intervalUs;
            _left = count;
            Current = firstUs - intervalUs;
        }

        /// <summary>Start of the present window, in microseconds since 1970 UTC.</summary>
        public long Current { get; private set; }

        /// <summary>Goes to the next window; false after the last.</summary>
        public bool MoveNext()
        {
            if (_left == 0) return false;
            _left--;
            Current += _intervalUs;
            return true;
        }
    }
}
