namespace Kafka.Stock.Contracts;

/// <summary>A price in dollars as decimal(18,6): an exact count of millionths, so no parser's rounding reaches a forecast.</summary>
/// <param name="Micros">Millionths of a dollar.</param>
public readonly record struct Price(long Micros)
{
    /// <summary>Millionths in a dollar.</summary>
    public const long Unit = 1_000_000;

    /// <summary>The first count of millionths that has more than 18 digits: a price lies strictly within plus and minus this.</summary>
    public const long Limit = 1_000_000_000_000_000_000;

    /// <summary>The double nearest to the decimal value: the same one that parsing its text gives.</summary>
    public double ToDouble() => Micros / (double)Unit;

    /// <summary>The exact value.</summary>
    public decimal ToDecimal() => Micros / (decimal)Unit;

    /// <inheritdoc/>
    public override string ToString() => ToDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
