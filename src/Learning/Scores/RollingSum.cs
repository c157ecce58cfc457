namespace Kafka.Stock.Learning;

/// <summary>Sum of the last so many numbers, O(1) a number, no allocation after construction.</summary>
/// <remarks>Additions and subtractions leave a rounding error behind: once a turn of the ring the sum is made anew, so that one huge number
/// doesn't spoil it for ever.</remarks>
public sealed class RollingSum
{
    /// <summary>Largest window.</summary>
    public const int WindowMax = 65_536;

    const int Layout = 0x314D_5352;

    readonly double[] _values;
    int _next;

    /// <summary>Makes the empty state.</summary>
    /// <param name="window">Numbers that are summed, 1 to <see cref="WindowMax"/>.</param>
    /// <exception cref="ArgumentException">The window is out of range.</exception>
    public RollingSum(int window)
    {
        if (window is < 1 or > WindowMax) throw new ArgumentException($"found {window}; expected 1 to {WindowMax}", nameof(window));
        _values = new double[window];
    }

    /// <summary>Numbers in the window.</summary>
    public int Count { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; private set; }

    /// <summary>Bytes of its saved state.</summary>
    public int StateBytes => 4 * sizeof(int) + (_values.Length + 1) * sizeof(double);

    /// <summary>Takes a number; one that isn't finite is left out.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value)) return;
        Sum += value - _values[_next];
        _values[_next] = value;
        Count = Math.Min(Count + 1, _values.Length);
        _next++;
        if (_next < _values.Length) return;
        _next = 0;
        Sum = 0.0;
        foreach (var kept in _values) Sum += kept;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_values.Length);
        writer.Int32(Count);
        writer.Int32(_next);
        writer.Double(Sum);
        writer.Doubles(_values);
    }

    /// <summary>Restores what <see cref="Write"/> saved of the same window.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another window.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "rolling sum");
        reader.Expect(_values.Length, "window");
        Count = reader.Int32Within(0, _values.Length, "numbers");
        _next = reader.Int32Within(0, _values.Length - 1, "slot");
        Sum = reader.Double();
        reader.Doubles(_values);
    }
}
