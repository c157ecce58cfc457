namespace Kafka.Stock.Learning;

/// <summary>What a feature may know: the bars up to and including the last one, cleaned and condensed, in fixed memory.</summary>
/// <remarks>All of it is causal. Range volatility is sqrt(night^2 + Parkinson), after Parkinson (1980) with the night added.</remarks>
public sealed class BarHistory
{
    /// <summary>Returns that are kept.</summary>
    public const int ReturnsKept = 60;

    /// <summary>Closes that are kept.</summary>
    public const int ClosesKept = 30;

    /// <summary>Least scale of one bar's return.</summary>
    public const double ScaleMin = 1e-4;

    const int Singles = 10;
    const double FourLn2 = 2.77258872223978123767;
    const int Means = 7;

    readonly double[] _returns = new double[ReturnsKept];
    readonly double[] _closes = new double[ClosesKept];
    RangeCleaner _cleaner;
    ExponentialMean _range60 = new(0.60);
    ExponentialMean _range80 = new(0.80);
    ExponentialMean _range86 = new(0.86);
    ExponentialMean _range94 = new(0.94);
    ExponentialMean _range96 = new(0.96);
    ExponentialMean _range98 = new(0.98);
    ExponentialMean _return80 = new(0.80);

    readonly BarHistory? _reference;

    /// <summary>Makes an empty history.</summary>
    /// <param name="reference">History of the market reference's bars, as this series has seen them; null where there is none.</param>
    internal BarHistory(BarHistory? reference = null) => _reference = reference;

    /// <summary>Bytes of its saved state.</summary>
    internal static int StateBytes =>
        (ReturnsKept + ClosesKept + Singles) * sizeof(double) + 2 * sizeof(int) + sizeof(long) + 1
        + RangeCleaner.StateBytes + Means * ExponentialMean.StateBytes;

    /// <summary>Bars seen.</summary>
    public int BarCount { get; private set; }

    /// <summary>End of the last bar, microseconds since 1970 UTC.</summary>
    public long LastEndUs { get; private set; }

    /// <summary>The market reference's history where it has a bar of the same end as the last one here, else null.</summary>
    public BarHistory? Market =>
        _reference is not null && _reference.BarCount > 0 && _reference.LastEndUs == LastEndUs ? _reference : null;

    /// <summary>Trading day of the last bar, in the exchange's zone, in days since 1970-01-01.</summary>
    public int TradingDay { get; private set; }

    /// <summary>Open of the last bar, dollars.</summary>
    public double LastOpen { get; private set; }

    /// <summary>High of the last bar as it came, dollars.</summary>
    public double LastHigh { get; private set; }

    /// <summary>Low of the last bar as it came, dollars.</summary>
    public double LastLow { get; private set; }

    /// <summary>Close of the last bar, dollars.</summary>
    public double LastClose { get; private set; }

    /// <summary>Volume of the last bar, shares.</summary>
    public double LastVolume { get; private set; }

    /// <summary>ln(open / close before) of the last bar; 0 for the first one.</summary>
    public double Night { get; private set; }

    /// <summary>ln(close / open) of the last bar.</summary>
    public double Body { get; private set; }

    /// <summary>Where the close lies between the cleaned low (-1) and high (+1); 0 when they are equal.</summary>
    public double CloseLocation { get; private set; }

    /// <summary>ln(1 + volume) of the last bar.</summary>
    public double LogVolume { get; private set; }

    /// <summary>The last bar's trading day is a Friday.</summary>
    public bool IsFriday { get; private set; }

    /// <summary>rv(t): root of night squared + Parkinson's variance of the cleaned range.</summary>
    public double RangeVolatility { get; private set; }

    /// <summary>s(t): running scale of one bar's return, EW(rv, .94), at least <see cref="ScaleMin"/>.</summary>
    public double Scale => Math.Max(_range94.Value, ScaleMin);

    /// <summary>EW(rv, .6).</summary>
    public double Range60 => _range60.Value;

    /// <summary>EW(rv, .8).</summary>
    public double Range80 => _range80.Value;

    /// <summary>EW(rv, .86).</summary>
    public double Range86 => _range86.Value;

    /// <summary>EW(rv, .96).</summary>
    public double Range96 => _range96.Value;

    /// <summary>EW(rv, .98).</summary>
    public double Range98 => _range98.Value;

    /// <summary>EW(return, .8).</summary>
    public double Return80 => _return80.Value;

    /// <summary>ln(close / close before) of the bar that lies <paramref name="ago"/> bars back; 0 where there is none.</summary>
    /// <param name="ago">0 (the last bar) to <see cref="ReturnsKept"/> - 1.</param>
    public double Return(int ago) => ago < BarCount - 1 ? _returns[Slot(ago, ReturnsKept)] : 0.0;

    /// <summary>Sum of the last returns, from the youngest to the oldest.</summary>
    public double SumOfReturns(int count)
    {
        var sum = 0.0;
        for (var ago = 0; ago < count; ago++) sum += Return(ago);
        return sum;
    }

    /// <summary>Mean of the last <see cref="ClosesKept"/> closes in dollars, of fewer where there are fewer; 0 before the first
    /// bar.</summary>
    public double MeanClose()
    {
        var count = Math.Min(BarCount, ClosesKept);
        var sum = 0.0;
        for (var ago = 0; ago < count; ago++) sum += _closes[Slot(ago, ClosesKept)];
        return count > 0 ? sum / count : 0.0;
    }

    internal void Add(in BarInput bar)
    {
        _cleaner.Clean(bar, out var high, out var low);
        Night = BarCount > 0 ? PortableMath.LogRatio(bar.Open, LastClose) : 0.0;
        Body = PortableMath.LogRatio(bar.Close, bar.Open);
        CloseLocation = high > low ? Math.Clamp(((bar.Close - low) - (high - bar.Close)) / (high - low), -1.0, 1.0) : 0.0;
        LogVolume = PortableMath.Log(1.0 + bar.Volume);
        var range = PortableMath.LogRatio(high, low);
        RangeVolatility = Math.Sqrt(Night * Night + range * range / FourLn2);
        AddRange(RangeVolatility);
        if (BarCount > 0)
        {
            var change = PortableMath.LogRatio(bar.Close, LastClose);
            _returns[BarCount % ReturnsKept] = change;
            _return80.Add(change);
        }

        _closes[BarCount % ClosesKept] = bar.Close;
        IsFriday = bar.IsFriday;
        TradingDay = bar.TradingDay;
        (LastOpen, LastHigh, LastLow, LastClose, LastVolume) = (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);
        LastEndUs = bar.EndUs;
        BarCount++;
    }

    internal void Rescale(double priceFactor, double volumeFactor)
    {
        for (var i = 0; i < _closes.Length; i++) _closes[i] *= priceFactor;
        LastOpen *= priceFactor;
        LastHigh *= priceFactor;
        LastLow *= priceFactor;
        LastClose *= priceFactor;
        LastVolume *= volumeFactor;
        LogVolume += PortableMath.Log(volumeFactor);
    }

    internal void Reset()
    {
        Array.Clear(_returns);
        Array.Clear(_closes);
        _cleaner.Reset();
        _range60.Reset();
        _range80.Reset();
        _range86.Reset();
        _range94.Reset();
        _range96.Reset();
        _range98.Reset();
        _return80.Reset();
        (BarCount, LastEndUs, IsFriday, TradingDay) = (0, 0, false, 0);
        (LastOpen, LastHigh, LastLow, LastClose, LastVolume) = (0, 0, 0, 0, 0);
        (Night, Body, CloseLocation, LogVolume, RangeVolatility) = (0, 0, 0, 0, 0);
    }

    /// <summary>Takes over what another history knows; the references are left alone.</summary>
    internal void CopyFrom(BarHistory other)
    {
        other._returns.CopyTo(_returns, 0);
        other._closes.CopyTo(_closes, 0);
        (_cleaner, _return80) = (other._cleaner, other._return80);
        (_range60, _range80, _range86) = (other._range60, other._range80, other._range86);
        (_range94, _range96, _range98) = (other._range94, other._range96, other._range98);
        (BarCount, LastEndUs, IsFriday, TradingDay) = (other.BarCount, other.LastEndUs, other.IsFriday, other.TradingDay);
        (LastOpen, LastHigh, LastLow, LastClose) = (other.LastOpen, other.LastHigh, other.LastLow, other.LastClose);
        (LastVolume, LogVolume, RangeVolatility) = (other.LastVolume, other.LogVolume, other.RangeVolatility);
        (Night, Body, CloseLocation) = (other.Night, other.Body, other.CloseLocation);
    }

    internal void Write(ref StateWriter writer)
    {
        writer.Int32(BarCount);
        writer.Int64(LastEndUs);
        writer.Boolean(IsFriday);
        writer.Int32(TradingDay);
        ReadOnlySpan<double> last =
            [LastOpen, LastHigh, LastLow, LastClose, LastVolume, Night, Body, CloseLocation, LogVolume, RangeVolatility];
        writer.Doubles(last);
        writer.Doubles(_returns);
        writer.Doubles(_closes);
        _cleaner.Write(ref writer);
        _range60.Write(ref writer);
        _range80.Write(ref writer);
        _range86.Write(ref writer);
        _range94.Write(ref writer);
        _range96.Write(ref writer);
        _range98.Write(ref writer);
        _return80.Write(ref writer);
    }

    internal void Read(ref StateReader reader)
    {
        BarCount = reader.Int32Within(0, int.MaxValue, "bars");
        LastEndUs = reader.Int64();
        IsFriday = reader.Boolean();
        TradingDay = reader.Int32();
        Span<double> last = stackalloc double[Singles];
        reader.Doubles(last);
        (LastOpen, LastHigh, LastLow, LastClose, LastVolume) = (last[0], last[1], last[2], last[3], last[4]);
        (Night, Body, CloseLocation, LogVolume, RangeVolatility) = (last[5], last[6], last[7], last[8], last[9]);
        reader.Doubles(_returns);
        reader.Doubles(_closes);
        _cleaner.Read(ref reader);
        _range60.Read(ref reader);
        _range80.Read(ref reader);
        _range86.Read(ref reader);
        _range94.Read(ref reader);
        _range96.Read(ref reader);
        _range98.Read(ref reader);
        _return80.Read(ref reader);
    }

    void AddRange(double rangeVolatility)
    {
        _range60.Add(rangeVolatility);
        _range80.Add(rangeVolatility);
        _range86.Add(rangeVolatility);
        _range94.Add(rangeVolatility);
        _range96.Add(rangeVolatility);
        _range98.Add(rangeVolatility);
    }

    int Slot(int ago, int length) => (BarCount - 1 - ago) % length;
}
