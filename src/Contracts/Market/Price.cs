namespace Kafka.Stock.Contracts;

/// <summary>A price in dollars as decimal(18,6): an exact count of millionths, so no parser's rounding reaches a forecast.</summary>
/// <param name="Micros">Millionths of a dollar.</param>
public readonly record struct Price(long Micros)
{
    /// <summary>Millionths in a dollar.</summary>
    public const long Unit = 1_000_000;

    /// <summary>The first count of millionths that has more than 18 digits: a price lies strictly within plus and minus this.</summary>
    public const long Limit = 1_000_000_000_000_000_000;

    /// <summary>Reads decimal text such as <c>187.25</c>, <c>-.5</c> or <c>1e2</c> exactly; more than six decimals round half to
    /// even.</summary>
    /// <returns>False for anything else, such as NaN, a blank, or more than 18 digits. Allocates nothing, throws nothing.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Price price)
    {
        var valid = PriceText.TryParse(utf8, out var micros);
        price = new Price(valid ? micros : 0);
        return valid;
    }

    /// <summary>The double nearest to the decimal value: the same one that parsing its text gives.</summary>
    public double ToDouble() => Micros / (double)Unit;

    /// <summary>The exact value.</summary>
    public decimal ToDecimal() => Micros / (decimal)Unit;

    /// <inheritdoc/>
    public override string ToString() => ToDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
