namespace Kafka.Stock.Learning;

/// <summary>Student's t distribution, the same bits on every machine.</summary>
public static class StudentDistribution
{
    const double HalfLnTwoPi = 0.91893853320467274178;
    const double FractionTiny = 1e-300;
    const int FractionTerms = 500;

    /// <summary>Probability that a t-distributed number is at most t; absolute error below 1e-12.</summary>
    /// <param name="t">Where.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom aren't above 0.</exception>
    /// <remarks>Regularised incomplete beta function by its continued fraction (Lentz 1976), gamma function by Stirling's series.</remarks>
    public static double Cumulative(double t, double degrees)
    {
        if (!(degrees > 0)) throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "expected degrees of freedom above 0");
        if (double.IsNaN(t)) return double.NaN;
        if (double.IsInfinity(t) || double.IsInfinity(t * t)) return t > 0 ? 1.0 : 0.0;
        var tail = 0.5 * IncompleteBeta(0.5 * degrees, 0.5, degrees / (degrees + t * t), t * t / (degrees + t * t));
        return t > 0 ? 1.0 - tail : tail;
    }

    /// <summary>I_x(a, b), with y = 1 - x handed over so that it keeps its digits.</summary>
    static double IncompleteBeta(double a, double b, double x, double y)
    {
        if (x <= 0) return 0.0;
        if (y <= 0) return 1.0;
        var front = PortableMath.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * PortableMath.Log(x) + b * PortableMath.Log(y));
        return x < (a + 1.0) / (a + b + 2.0) ? front * Fraction(a, b, x) / a : 1.0 - front * Fraction(b, a, y) / b;
    }

    static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1.0 / Guarded(1.0 - (a + b) * x / (a + 1.0));
        var result = d;
        for (var m = 1; m < FractionTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
            d = 1.0 / Guarded(1.0 + even * d);
            c = Guarded(1.0 + even / c);
            result *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
            d = 1.0 / Guarded(1.0 + odd * d);
            c = Guarded(1.0 + odd / c);
            result *= c * d;
            if (Math.Abs(c * d - 1.0) < 1e-15) break;
        }

        return result;
    }

    static double Guarded(double x) => Math.Abs(x) < FractionTiny ? FractionTiny : x;

    /// <summary>ln of the gamma function for x above 0: Stirling's series, after the argument has been raised above 10.</summary>
    static double LogGamma(double x)
    {
        var product = 1.0;
        while (x < 10.0) product *= x++;
        var inverse = 1.0 / (x * x);
        var tail = 1.0 / 1260 - inverse * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * 691.0 / 360360));
        var series = 1.0 / 12 - inverse * (1.0 / 360 - inverse * tail);
        return (x - 0.5) * PortableMath.Log(x) - x + HalfLnTwoPi + series / x - PortableMath.Log(product);
    }
}
