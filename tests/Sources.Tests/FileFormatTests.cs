using System.Text;

namespace Kafka.Stock.Sources.Tests;

public sealed class FileFormatTests
{
    [Theory]
    [InlineData("dt,open,high,low,close,volume", FileKind.DailyBars)]
    [InlineData("Date,Open,High,Low,Close,Adj Close,Volume", FileKind.DailyBars)]
    [InlineData("volume,close,LOW,high,open,DATE", FileKind.DailyBars)]
    [InlineData("\uFEFFdt,open,high,low,close,volume", FileKind.DailyBars)]
    [InlineData("\"Date\", \"Open\", \"High\", \"Low\", \"Close\", \"Volume\"", FileKind.DailyBars)]
    [InlineData("ts_ms_utc,open,high,low,close,volume", FileKind.IntradayBars)]
    [InlineData("ts_ns_utc,open,high,low,close,volume,trades", FileKind.IntradayBars)]
    [InlineData("ts_ns_utc,symbol,price,size,seq", FileKind.Trades)]
    [InlineData("ts_ms_utc,price,size,exchange,condition,suspicious", FileKind.Trades)]
    [InlineData("date,symbol,kind,numerator,denominator,amount,close", FileKind.CorporateActions)]
    public void Kind_is_told_by_the_header_in_any_order_and_case(string header, FileKind expected)
    {
        Assert.True(FileFormat.TryRecognise(Encoding.UTF8.GetBytes(header), out var format, out _));
        Assert.Equal(expected, format!.Kind);
    }

    [Theory]
    [InlineData("dt,open,high,low,close", "no column volume among dt,open,high,low,close", "dt or date, open, high, low, close, volume")]
    [InlineData("dt,open,volume", "no column high, low, close among", "dt or date")]
    [InlineData("ts_ms_utc,price", "no column size among", "ts_ms_utc or ts_ns_utc, price, size")]
    [InlineData("ts_ms_utc,open,high,low,volume", "no column close among", "close, volume")]
    [InlineData("time,price,size", "no column of time among time,price,size", "ts_ms_utc or ts_ns_utc, price, size (trades)")]
    [InlineData("ts_ms_utc,exchange", "neither columns of bars nor of trades", "daily bars")]
    [InlineData("2000-03-01,29.64,33.015,29.625,32.5775,38478000", "no column of time among 2000-03-01", "dt or Date")]
    [InlineData("dt,open,high,low,close,close,volume", "column close twice", "each once")]
    [InlineData("dt,date,open,high,low,close,volume", "column of time twice", "each once")]
    public void What_is_wrong_with_a_header_is_said_with_what_was_found_and_what_is_expected(string header, string found, string expected)
    {
        Assert.False(FileFormat.TryRecognise(Encoding.UTF8.GetBytes(header), out _, out var defect));
        Assert.Contains(found, defect.Found, StringComparison.Ordinal);
        Assert.Contains(expected, defect.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_too_many_columns_or_bytes_is_refused()
    {
        Assert.False(FileFormat.TryRecognise(
            Encoding.UTF8.GetBytes("dt" + string.Concat(Enumerable.Repeat(",x", 64))), out _, out var many));
        Assert.Contains("65 columns", many.Found, StringComparison.Ordinal);
        Assert.False(FileFormat.TryRecognise(Encoding.UTF8.GetBytes("dt," + new string('x', 5_000)), out _, out var wide));
        Assert.Contains("4096 bytes", wide.Found, StringComparison.Ordinal);
    }
}
