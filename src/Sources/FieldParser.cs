using System.Buffers.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>Reads single fields of UTF-8 text. Allocates nothing, throws nothing, knows no culture.</summary>
static class FieldParser
{
    /// <summary>More shares than this in a line is a mistake; below it no sum over a window can overflow.</summary>
    public const long MaxVolume = 1_000_000_000_000_000;

    /// <summary>Reads a whole number; nothing may follow it.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> field, out long value) =>
        Utf8Parser.TryParse(field, out value, out var used) && used == field.Length;

    /// <summary>Reads a price above 0. Decimals beyond the sixth are rounded half to even.</summary>
    public static bool TryPrice(ReadOnlySpan<byte> field, out Price price) => Price.TryParse(field, out price) && price.Micros > 0;

    /// <summary>Reads a whole number of shares, also as <c>38478000.0</c> or <c>1.5e6</c>.</summary>
    public static bool TryVolume(ReadOnlySpan<byte> field, out long volume)
    {
        if (TryInteger(field, out volume)) return volume is >= 0 and <= MaxVolume;
        if (!Utf8Parser.TryParse(field, out decimal value, out var used) || used != field.Length) return false;
        if (value is < 0 or > MaxVolume || decimal.Truncate(value) != value) return false;
        volume = (long)value;
        return true;
    }

    /// <summary>Reads <c>2000-03-01</c>, or a timestamp in UTC, <c>2000-03-01T00:00:00Z</c>, of which the day counts.</summary>
    public static bool TryDay(ReadOnlySpan<byte> field, out DateOnly day)
    {
        day = default;
        if (field.Length < 10 || field[4] != '-' || field[7] != '-') return false;
        if (!TryDigits(field[..4], out var year) || !TryDigits(field[5..7], out var month)
            || !TryDigits(field[8..10], out var date)) return false;
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        if (field.Length > 10 && !IsTimeOfDayUtc(field[10..])) return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    static bool IsTimeOfDayUtc(ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || text[0] is not ((byte)'T' or (byte)' ') || text[3] != ':' || text[6] != ':') return false;
        if (!TryDigits(text[1..3], out var hour) || !TryDigits(text[4..6], out var minute)
            || !TryDigits(text[7..9], out var second)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        var rest = text[9..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits is < 1 or > 9) return false;
            rest = rest[(digits + 1)..];
        }

        return rest.SequenceEqual("Z"u8) || rest.SequenceEqual("+00:00"u8);
    }

    static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
