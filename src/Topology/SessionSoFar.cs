using Kafka.Stock.Calendars;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>The bar of a session that is still open, made of the intraday bars that have closed.</summary>
sealed class SessionSoFar
{
    BarWindow _window;

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int StateBytes = 9 + BarWindow.StateBytes;

    /// <summary>A bar of the session has come, and its end hasn't.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>End of the last intraday bar that was taken, in a session or out of one.</summary>
    public long SeenUs { get; set; } = long.MinValue;

    /// <summary>The session's close, while it is open.</summary>
    public long CloseUs => _window.EndUs;

    /// <summary>From the session's open to its close, with the trades so far.</summary>
    public ref readonly BarWindow Window => ref _window;

    /// <summary>Takes an intraday bar of the session.</summary>
    public void Add(in TradingSession session, in BarWindow bar)
    {
        _window = IsOpen ? _window.With(bar) : bar with { StartUs = session.OpenUs, EndUs = session.CloseUs };
        IsOpen = true;
    }

    /// <summary>True where the session has ended by this time: it is taken, and none is open any more.</summary>
    public bool TryClose(long timeUs, out BarWindow window)
    {
        window = _window;
        if (!IsOpen || CloseUs > timeUs) return false;
        IsOpen = false;
        return true;
    }

    /// <summary>Rescales what has come so far.</summary>
    public void Rescale(double priceFactor, double volumeFactor)
    {
        if (IsOpen) _window = _window.Rescaled(priceFactor, volumeFactor);
    }

    public void Write(ref StateWriter writer)
    {
        writer.Boolean(IsOpen);
        writer.Int64(SeenUs);
        _window.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        IsOpen = reader.Boolean();
        SeenUs = reader.Int64();
        _window = BarWindow.Read(ref reader);
    }
}
