using System.Buffers.Binary;
using System.Globalization;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Accuracy against exact values (math.csv, made by make_math_vectors.py) and the same bits everywhere.</summary>
public sealed class PortableMathTests
{
    [Theory]
    [InlineData("log", 1)]
    [InlineData("exp", 1)]
    [InlineData("log1p", 2)]
    [InlineData("expm1", 2)]
    public void Values_are_as_near_to_the_exact_ones_as_promised(string function, long ulps)
    {
        var rows = GoldenFile.Rows("math.csv").Where(row => row[0] == function).ToList();
        Assert.True(rows.Count > 200);
        foreach (var row in rows)
        {
            var x = FromHex(row[1]);
            Assert.True(Ulps(Apply(function, x), FromHex(row[2])) <= ulps,
                $"{function}({x:R}) = {Apply(function, x):R}, expected {FromHex(row[2]):R}");
        }
    }

    [Fact]
    public void Values_agree_with_this_machines_library_within_two_ulps()
    {
        var random = new KeyedRandom(1, 2, 3);
        for (var i = 0u; i < 100_000; i++)
        {
            var x = Math.Exp(1400 * random.Uniform(i) - 700);
            Assert.True(Ulps(PortableMath.Log(x), Math.Log(x)) <= 2, $"log {x:R}");
            var y = 1400 * random.Uniform(i) - 700;
            Assert.True(Ulps(PortableMath.Exp(y), Math.Exp(y)) <= 2, $"exp {y:R}");
        }
    }

    [Fact]
    public void Bits_are_the_same_on_every_machine()
    {
        var random = new KeyedRandom(7, 8, 9);
        var results = new byte[4 * 20_000 * sizeof(double)];
        for (var i = 0; i < 20_000; i++)
        {
            var x = 60 * random.Uniform((uint)i) - 30;
            var at = results.AsSpan(4 * i * sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(at, PortableMath.Exp(x));
            BinaryPrimitives.WriteDoubleLittleEndian(at[8..], PortableMath.Log(Math.Abs(x)));
            BinaryPrimitives.WriteDoubleLittleEndian(at[16..], PortableMath.Log1p(random.Uniform((uint)i) * 1e-3));
            BinaryPrimitives.WriteDoubleLittleEndian(at[24..], PortableMath.Expm1(x * 0.02));
        }

        Assert.Equal("e89902c41f058597", Fnv1a.Hash(results).ToString("x16"));
    }

    [Fact]
    public void Log_of_edges()
    {
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0.0));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(-0.0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(PortableMath.Log(double.NaN)));
        Assert.True(double.IsNaN(PortableMath.Log(-1e-320)));
        Assert.True(double.IsNaN(PortableMath.Log(double.NegativeInfinity)));
        Assert.Equal(0.0, PortableMath.Log(1.0));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log1p(-1.0));
        Assert.True(double.IsNaN(PortableMath.Log1p(-1.5)));
        Assert.True(double.IsNaN(PortableMath.Log1p(double.NaN)));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log1p(double.PositiveInfinity));
        Assert.Equal(1e-320, PortableMath.Log1p(1e-320));
    }

    [Fact]
    public void Exp_of_edges()
    {
        Assert.Equal(1.0, PortableMath.Exp(0.0));
        Assert.Equal(1.0, PortableMath.Exp(-0.0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(709.79));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(double.PositiveInfinity));
        Assert.Equal(0.0, PortableMath.Exp(-745.2));
        Assert.Equal(0.0, PortableMath.Exp(double.NegativeInfinity));
        Assert.True(double.IsNaN(PortableMath.Exp(double.NaN)));
        Assert.Equal(-1.0, PortableMath.Expm1(double.NegativeInfinity));
        Assert.True(double.IsNaN(PortableMath.Expm1(double.NaN)));
    }

    static double Apply(string function, double x) => function switch
    {
        "log" => PortableMath.Log(x),
        "exp" => PortableMath.Exp(x),
        "log1p" => PortableMath.Log1p(x),
        _ => PortableMath.Expm1(x),
    };

    static double FromHex(string bits) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>Doubles between two finite numbers of one sign.</summary>
    static long Ulps(double a, double b) => a == b ? 0 : Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));
}
