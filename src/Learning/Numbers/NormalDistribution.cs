namespace Kafka.Stock.Learning;

/// <summary>The standard normal distribution, the same bits on every machine.</summary>
public static class NormalDistribution
{
    const double InverseSqrt2Pi = 0.39894228040143267794;
    const double TailFrom = 3.5;
    const double OutsideDouble = 38.6;

    /// <summary>Probability that a standard normal number is at most x; absolute error below 1e-15, relative 1e-13 in the lower
    /// tail.</summary>
    /// <remarks>Series of Marsaglia (2004) in the middle, continued fraction of the Mills ratio in the tails.</remarks>
    public static double Cumulative(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x > OutsideDouble) return 1.0;
        if (x < -OutsideDouble) return 0.0;
        if (x > TailFrom) return 1.0 - UpperTail(x);
        return x < -TailFrom ? UpperTail(-x) : 0.5 + Density(x) * Series(x);
    }

    /// <summary>The number that a standard normal one stays below with the given probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability isn't inside (0, 1).</exception>
    /// <remarks>Bisection of <see cref="Cumulative"/> down to neighbouring doubles: slow (about 60 evaluations), meant for
    /// constructors.</remarks>
    public static double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "expected a probability inside (0, 1)");

        if (probability > 0.5) return -Quantile(1.0 - probability);
        var low = -OutsideDouble;
        var high = 0.0;
        for (var i = 0; i < 70; i++)
        {
            var middle = 0.5 * (low + high);
            if (Cumulative(middle) < probability) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    static double Density(double x) => InverseSqrt2Pi * PortableMath.Exp(-0.5 * x * x);

    static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var k = 3; k < 400; k += 2)
        {
            term *= x * x / k;
            var next = sum + term;
            if (next == sum) break;
            sum = next;
        }

        return sum;
    }

    static double UpperTail(double x)
    {
        var fraction = x;
        for (var k = 120; k >= 1; k--) fraction = x + k / fraction;
        return Density(x) / fraction;
    }
}
