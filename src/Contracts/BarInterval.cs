using System.Globalization;

namespace Kafka.Stock.Contracts;

/// <summary>Length of a bar: a fixed time from one second to twelve hours, or one exchange session (<c>1d</c>).</summary>
public readonly record struct BarInterval
{
    const long SecondUs = 1_000_000;

    BarInterval(long lengthUs) => LengthUs = lengthUs;

    /// <summary>One exchange session, from open to close by the calendar.</summary>
    public static BarInterval Session { get; }

    /// <summary>One minute.</summary>
    public static BarInterval Minute { get; } = new(60 * SecondUs);

    /// <summary>Length in microseconds; 0 for a session, whose length the calendar knows.</summary>
    public long LengthUs { get; }

    /// <summary>True for one exchange session.</summary>
    public bool IsSession => LengthUs == 0;

    /// <summary>Parses <c>1s</c>, <c>5m</c>, <c>1h</c> or <c>1d</c>. A length must divide a day, so that windows start at midnight UTC,
    /// and be spelt as <see cref="ToString"/> spells it: <c>60s</c> is refused, so one length can't be two series.</summary>
    public static bool TryParse(string text, out BarInterval interval)
    {
        interval = Session;
        if (text == "1d") return true;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        long unitSeconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 };
        var seconds = count * unitSeconds;
        if (seconds is < 1 or > 43_200 || 86_400 % seconds != 0) return false;
        var parsed = new BarInterval(seconds * SecondUs);
        if (parsed.ToString() != text) return false;
        interval = parsed;
        return true;
    }

    /// <summary>Parses what <see cref="TryParse"/> takes.</summary>
    /// <exception cref="FormatException">The text is no interval.</exception>
    public static BarInterval Parse(string text) =>
        TryParse(text, out var interval)
            ? interval
            : throw new FormatException($"interval: found {text}; expected 1s to 12h that divide a day, or 1d");

    /// <summary>The one spelling: the largest unit that divides the length, so <c>60s</c> is always <c>1m</c>.</summary>
    public override string ToString()
    {
        var seconds = LengthUs / SecondUs;
        return seconds switch
        {
            0 => "1d",
            _ when seconds % 3_600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}h"),
            _ when seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }
}
