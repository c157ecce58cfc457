namespace Kafka.Stock.Learning;

/// <summary>Logarithm and exponential that give the same bits on every machine, which libm doesn't promise.</summary>
/// <remarks>Only IEEE additions, multiplications, divisions and fused multiply-adds, in a written order. Series are Taylor's on a reduced
/// argument, the leading term is carried in two doubles. Errors measured against exact values: <see cref="Log"/> and <see cref="Exp"/>
/// below 1 ulp, <see cref="Log1p"/> and <see cref="Expm1"/> below 2 (golden test: PortableMathTests).</remarks>
public static class PortableMath
{
    // ln 2 in two parts: the first has 21 zero bits at its end, so that its product with an exponent is exact.
    const double Ln2High = 6.93147180369123816490e-01;
    const double Ln2Low = 1.90821492927058770002e-10;
    const double Log2E = 1.44269504088896340736;
    const double Sqrt2 = 1.41421356237309504880;
    const double TwoTo54 = 18014398509481984.0;
    const double ExpOverflow = 709.78271289338397;
    const double ExpUnderflow = -745.13321910194110;
    const double HalfLn2 = 0.34657359027997264;

    /// <summary>Natural logarithm: NaN below 0 and for NaN, minus infinity at both zeros, infinity at infinity.</summary>
    public static double Log(double x)
    {
        if (!(x > 0)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x)) return x;

        var exponent = 0;
        if (double.IsSubnormal(x))
        {
            x *= TwoTo54;
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh(q), q = (m - 1) / (m + 1), with the rounding of both carried in qLow.
        var f = m - 1.0;
        var sum = m + 1.0;
        var sumLow = m - (sum - 1.0);
        var q = f / sum;
        var qLow = (Math.FusedMultiplyAdd(-q, sum, f) - q * sumLow) / sum;
        var square = q * q;
        var low = Math.FusedMultiplyAdd(q * square, ArtanhTail(square), 2.0 * qLow);
        var high = 2.0 * q;
        if (exponent == 0) return high + low;

        var whole = exponent * Ln2High;
        var result = whole + high;
        var rest = (whole - result) + high;
        return result + (rest + Math.FusedMultiplyAdd(exponent, Ln2Low, low));
    }

    /// <summary>e to the power x: infinity above 709.78, 0 below -745.13, rounded to a subnormal between -708.4 and that; NaN for
    /// NaN.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > ExpOverflow) return double.PositiveInfinity;
        if (x < ExpUnderflow) return 0.0;

        var k = Math.Round(x * Log2E);
        var reduced = Math.FusedMultiplyAdd(-k, Ln2High, x);
        var correction = k * Ln2Low;
        var r = reduced - correction;
        var rLow = (reduced - r) - correction;
        var tail = Math.FusedMultiplyAdd(r * r, ExpTail(r), rLow);
        var high = 1.0 + r;
        var y = high + (((1.0 - high) + r) + tail);
        return ScaleByPowerOfTwo(y, (int)k);
    }

    /// <summary>ln(1 + x) without the loss of digits near 0: NaN below -1, minus infinity at -1.</summary>
    public static double Log1p(double x)
    {
        if (double.IsPositiveInfinity(x)) return x;
        var sum = 1.0 + x;
        if (!(sum > 0)) return Log(sum);
        if (sum == 1.0) return x;
        var lost = Math.Abs(x) <= 1.0 ? x - (sum - 1.0) : 1.0 - (sum - x);
        return Log(sum) + lost / sum;
    }

    /// <summary>e^x - 1 without the loss of digits near 0.</summary>
    public static double Expm1(double x) => Math.Abs(x) <= HalfLn2 ? Math.FusedMultiplyAdd(x * x, ExpTail(x), x) : Exp(x) - 1.0;

    /// <summary>ln(a / b) of two positive finite numbers, also where their quotient leaves the range of doubles.</summary>
    internal static double LogRatio(double a, double b)
    {
        var ratio = a / b;
        return ratio > 0 && double.IsFinite(ratio) ? Log(ratio) : Log(a) - Log(b);
    }

    /// <summary>(2 artanh(q) - 2 q) / q^3 as a series in q^2, for q^2 up to 0.0295.</summary>
    static double ArtanhTail(double square)
    {
        var p = 2.0 / 21.0;
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 19.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 17.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 15.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 13.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 11.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 9.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 7.0);
        p = Math.FusedMultiplyAdd(p, square, 2.0 / 5.0);
        return Math.FusedMultiplyAdd(p, square, 2.0 / 3.0);
    }

    /// <summary>(e^r - 1 - r) / r^2 as a series in r, for |r| up to 0.347.</summary>
    static double ExpTail(double r)
    {
        var p = 1.0 / 87178291200.0;
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 6227020800.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 479001600.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 39916800.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 3628800.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 362880.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 40320.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 5040.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 720.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 120.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 24.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 6.0);
        return Math.FusedMultiplyAdd(p, r, 0.5);
    }

    static double ScaleByPowerOfTwo(double y, int k)
    {
        if (k > 1023) return y * 2.0 * PowerOfTwo(k - 1);
        return k >= -1021 ? y * PowerOfTwo(k) : y * PowerOfTwo(k + 60) * PowerOfTwo(-60);
    }

    static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
