namespace Kafka.Stock.Contracts;

/// <summary>Reads decimal text exactly: no binary fraction ever stands between a source's text and its millionths.</summary>
static class PriceText
{
    const int Decimals = 6;

    /// <summary>No exponent beyond this changes the answer, which is then zero or too big.</summary>
    const int ExponentCap = 1_000_000_000;

    /// <summary>Reads <c>[+-]digits[.digits][e[+-]digits]</c>, at least one digit before or after the point.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long micros)
    {
        micros = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var number = negative || (utf8.Length > 0 && utf8[0] == (byte)'+') ? utf8[1..] : utf8;
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var exponent = 0;
        if (exponentAt >= 0 && !TryParseExponent(number[(exponentAt + 1)..], out exponent)) return false;
        var digits = exponentAt >= 0 ? number[..exponentAt] : number;
        var point = digits.IndexOf((byte)'.');
        var whole = point >= 0 ? digits[..point] : digits;
        var fraction = point >= 0 ? digits[(point + 1)..] : default;
        if (whole.Length + fraction.Length == 0 || !IsDigits(whole) || !IsDigits(fraction)) return false;
        if (!TryRound(whole, fraction, (long)exponent + whole.Length + Decimals, out micros)) return false;
        if (negative) micros = -micros;
        return true;
    }

    /// <summary>The number that the first <paramref name="kept"/> digits make, rounded half to even by the digits after them.</summary>
    static bool TryRound(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long kept, out long micros)
    {
        micros = 0;
        var count = whole.Length + fraction.Length;
        var halves = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = (i < whole.Length ? whole[i] : fraction[i - whole.Length]) - '0';
            if (i < kept)
            {
                if (micros >= Price.Limit / 10) return false;
                micros = (micros * 10) + digit;
            }
            else if (i == kept)
            {
                halves = digit > 5 ? 3 : digit == 5 ? 2 : digit > 0 ? 1 : 0;
            }
            else if (digit > 0)
            {
                halves |= 1;
            }
        }

        for (var i = count; i < kept && micros != 0; i++)
        {
            if (micros >= Price.Limit / 10) return false;
            micros *= 10;
        }

        var up = kept >= 0 && (halves == 3 || (halves == 2 && (micros & 1) == 1));
        if (up) micros++;
        return micros < Price.Limit;
    }

    static bool TryParseExponent(ReadOnlySpan<byte> utf8, out int exponent)
    {
        exponent = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var digits = negative || (utf8.Length > 0 && utf8[0] == (byte)'+') ? utf8[1..] : utf8;
        if (digits.IsEmpty || !IsDigits(digits)) return false;
        foreach (var digit in digits) exponent = (int)Math.Min(ExponentCap, (exponent * 10L) + (digit - '0'));
        if (negative) exponent = -exponent;
        return true;
    }

    static bool IsDigits(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
