using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources.Tests;

public sealed class CorporateActionParserTests
{
    [Fact]
    public void A_split_of_7_for_1_makes_earlier_prices_a_seventh() => Assert.Equal(
        new CorporateActionLine(new DateOnly(2014, 6, 9), "AAPL", CorporateActionKind.Split, 1.0 / 7, 7),
            Value("2014-06-09,AAPL,split,7,1,,"));

    [Fact]
    public void A_reverse_split_of_1_for_20_makes_them_twentyfold() =>
        Assert.Equal((20.0, 1.0 / 20),
            (Value("2009-07-01,aig,Split,1,20,,").PriceFactor, Value("2009-07-01,aig,Split,1,20,,").VolumeFactor));

    [Fact]
    public void A_dividend_takes_its_share_of_the_last_close_off_and_leaves_volumes()
    {
        var line = Value("2004-11-15,MSFT,dividend,,,3.08,29.97");
        Assert.Equal((CorporateActionKind.Dividend, 26_890_000 / 29_970_000.0, 1.0), (line.Kind, line.PriceFactor, line.VolumeFactor));
    }

    [Theory]
    [InlineData("2014-06-09,AAPL,split,7,1", "5 fields", "7 fields")]
    [InlineData("June,AAPL,split,7,1,,", "date 'June'", "2014-06-09")]
    [InlineData("2014-06-09,A/B,split,7,1,,", "symbol 'A/B'", "A-Z")]
    [InlineData("2014-06-09,AAPL,merger,7,1,,", "kind 'merger'", "split or dividend")]
    [InlineData("2014-06-09,AAPL,split,7,0,,", "split of '7' for '0'", "7 for 1")]
    [InlineData("2014-06-09,AAPL,split,100000,1,,", "split of '100000'", "10000")]
    [InlineData("2014-06-09,AAPL,split,NaN,1,,", "split of 'NaN'", "above 0")]
    [InlineData("2014-06-09,AAPL,dividend,,,3,3", "dividend of '3' on a close of '3'", "larger close")]
    [InlineData("2014-06-09,AAPL,dividend,,,,90", "dividend of ''", "above 0")]
    public void What_makes_no_sense_is_said(string line, string found, string expected)
    {
        Assert.False(CorporateActionParser.TryParse(Format(), Encoding.UTF8.GetBytes(line), out _, out var defect));
        Assert.Contains(found, defect.Found, StringComparison.Ordinal);
        Assert.Contains(expected, defect.Expected, StringComparison.Ordinal);
    }

    static CorporateActionLine Value(string line)
    {
        Assert.True(CorporateActionParser.TryParse(Format(), Encoding.UTF8.GetBytes(line), out var value, out var defect), defect.Found);
        return value;
    }

    static FileFormat Format()
    {
        Assert.True(FileFormat.TryRecognise("date,symbol,kind,numerator,denominator,amount,close"u8, out var format, out _));
        return format!;
    }
}
