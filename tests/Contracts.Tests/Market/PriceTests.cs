using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Contracts.Tests;

public sealed class PriceTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("187.25", 187_250_000)]
    [InlineData("+187.25", 187_250_000)]
    [InlineData("-4.2", -4_200_000)]
    [InlineData(".5", 500_000)]
    [InlineData("5.", 5_000_000)]
    [InlineData("007.10", 7_100_000)]
    [InlineData("1e2", 100_000_000)]
    [InlineData("1.5E-3", 1_500)]
    [InlineData("12345e-2", 123_450_000)]
    [InlineData("1e+11", 100_000_000_000_000_000)]
    [InlineData("999999999999.999999", 999_999_999_999_999_999)]
    [InlineData("0.0000005", 0)]
    [InlineData("0.0000015", 2)]
    [InlineData("0.0000025", 2)]
    [InlineData("0.00000250000000000000000000000000001", 3)]
    [InlineData("0.0000035", 4)]
    [InlineData("-0.0000035", -4)]
    [InlineData("0.00000049999999999999999999", 0)]
    [InlineData("5e-7", 0)]
    [InlineData("5.1e-7", 1)]
    [InlineData("9e-8", 0)]
    [InlineData("9e-99999999999999999999", 0)]
    [InlineData("0e99999999999999999999", 0)]
    [InlineData("0.00000000000000000000000000000001e32", 1_000_000)]
    [InlineData("10000000000000000000000000000000e-31", 1_000_000)]
    public void Decimal_text_gives_exact_millionths(string text, long micros)
    {
        Assert.True(Price.TryParse(Encoding.UTF8.GetBytes(text), out var price));
        Assert.Equal(micros, price.Micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("+-1")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1e5e5")]
    [InlineData("1.2.3")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e12")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1000000000000")]
    [InlineData("999999999999.9999995")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("１")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Price.TryParse(Encoding.UTF8.GetBytes(text), out var price));
        Assert.Equal(default, price);
    }

    [Fact]
    public void It_agrees_with_exact_arithmetic()
    {
        var cases = from digits in Gen.ArrayOf(Gen.Choose(0, 9), 24)
                    from length in Gen.Choose(1, 24)
                    from point in Gen.Choose(0, 24)
                    from exponent in Gen.Choose(-25, 12)
                    select (Digits: string.Concat(digits.Take(length)), Point: Math.Min(point, length), Exponent: exponent);
        Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var text = $"{item.Digits[..item.Point]}.{item.Digits[item.Point..]}e{item.Exponent}";
            var expected = Exact(BigInteger.Parse(item.Digits), item.Exponent - (item.Digits.Length - item.Point) + 6);
            var parsed = Price.TryParse(Encoding.UTF8.GetBytes(text), out var price);
            Assert.Equal(expected < Price.Limit, parsed);
            if (parsed) Assert.Equal(expected, price.Micros);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(11, 1));
    }

    [Fact]
    public void What_it_prints_it_reads_and_its_double_is_the_text_s()
    {
        Prop.ForAll(ArbMap.Default.GeneratorFor<long>().ToArbitrary(), raw =>
        {
            var price = new Price(raw % (1L << 53));
            Assert.True(Price.TryParse(Encoding.UTF8.GetBytes(price.ToString()), out var read));
            Assert.Equal(price, read);
            Assert.Equal(double.Parse(price.ToString(), CultureInfo.InvariantCulture), price.ToDouble());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(12, 1));
        Assert.Equal("187.25", new Price(187_250_000).ToString());
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var text = "187.2500001e-1"u8.ToArray();
        Assert.True(Price.TryParse(text, out _));
        var read = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) read += Price.TryParse(text, out _) ? 1 : 0;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100, read);
    }

    /// <summary>digits x 10^power, rounded half to even.</summary>
    static BigInteger Exact(BigInteger digits, int power)
    {
        if (power >= 0) return digits * BigInteger.Pow(10, power);
        var divisor = BigInteger.Pow(10, -power);
        var whole = BigInteger.DivRem(digits, divisor, out var rest);
        var half = (rest * 2).CompareTo(divisor);
        return half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
