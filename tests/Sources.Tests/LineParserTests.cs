using Kafka.Stock.Calendars;

namespace Kafka.Stock.Sources.Tests;

public sealed class LineParserTests
{
    const string Good = "2000-03-01,29.64,33.015,29.625,32.5775,38478000";

    [Theory]
    [InlineData("2000-03-01")]
    [InlineData("2000-03-01T00:00:00Z")]
    [InlineData("2000-03-01 00:00:00+00:00")]
    [InlineData("2000-03-01T21:00:00.123Z")]
    public void A_daily_bar_lasts_from_the_open_to_the_close_of_its_session(string day)
    {
        var bar = SampleParser.Of(SampleParser.Daily).Value($"{day},29.64,33.015,29.625,32.5775,38478000");
        Assert.Equal(
            new MarketLine("AAPL", Us(2000, 3, 1, 14, 30), Us(2000, 3, 1, 21, 0), new(29_640_000), new(33_015_000), new(29_625_000),
                new(32_577_500), 38_478_000),
            bar);
    }

    [Fact]
    public void A_half_day_ends_early_and_a_day_of_the_market_that_never_closes_at_midnight()
    {
        Assert.Equal(Us(2019, 11, 29, 18, 0), SampleParser.Of(SampleParser.Daily).Value("2019-11-29,1,1,1,1,1").EndUs);
        var always = SampleParser.Of(SampleParser.Daily, "BTC-USD", AlwaysOpenCalendar.Instance).Value("2019-11-30,1,1,1,1,1");
        Assert.Equal((Us(2019, 11, 30, 0, 0), Us(2019, 12, 1, 0, 0)), (always.StartUs, always.EndUs));
    }

    [Fact]
    public void Columns_are_found_by_name_and_those_that_nobody_uses_are_not_read()
    {
        var bar = SampleParser.Of("Volume,Adj Close,Close,Low,High,Open,Name,Date", "ibm")
            .Value("7,NaN,1.5,1,2,1.25,\"Machines, International\",2012-09-04");
        Assert.Equal(("IBM", 1_250_000L, 2_000_000L, 1_000_000L, 1_500_000L, 7L),
            (bar.Symbol, bar.Open.Micros, bar.High.Micros, bar.Low.Micros, bar.Close.Micros, bar.Volume));
    }

    [Fact]
    public void A_minute_bar_is_named_by_its_start_and_ordered_by_its_end()
    {
        var bar = SampleParser.Of(SampleParser.Minute).Value("1381132800000,1,2,0.5,1.5,3000000000");
        Assert.Equal((1_381_132_800_000_000L, 1_381_132_860_000_000L, 3_000_000_000L), (bar.StartUs, bar.EndUs, bar.Volume));
    }

    [Fact]
    public void A_trade_has_its_symbol_from_the_line_and_its_time_in_whole_microseconds()
    {
        var parser = SampleParser.Of(SampleParser.Trades, symbol: null);
        var trade = parser.Value("1572437948453315275,AMD,32.59,50,31988");
        Assert.Equal(("AMD", 1_572_437_948_453_315L, 32_590_000L, 50L), (trade.Symbol, trade.EndUs, trade.Close.Micros, trade.Volume));
        Assert.Equal("SPY", parser.Value("1572437948453315275,spy,303.1,0,31989").Symbol);
        Assert.Same(trade.Symbol, parser.Value("1572437948453316275,AMD,32.59,50,31990").Symbol);
    }

    [Theory]
    [InlineData("garbage", LineFaultKind.FieldCount, "1 fields in 'garbage'", "6 fields")]
    [InlineData(Good + ",1", LineFaultKind.FieldCount, "7 fields", "6 fields")]
    [InlineData("2000-13-01,1,1,1,1,1", LineFaultKind.Time, "dt '2000-13-01'", "2000-03-01")]
    [InlineData("2000-02-30,1,1,1,1,1", LineFaultKind.Time, "dt '2000-02-30'", "2000-03-01")]
    [InlineData("01/03/2000,1,1,1,1,1", LineFaultKind.Time, "dt '01/03/2000'", "2000-03-01")]
    [InlineData("2000-03-01T00:00:00,1,1,1,1,1", LineFaultKind.Time, "dt", "T00:00:00Z")]
    [InlineData("2000-03-01T00:00:00-05:00,1,1,1,1,1", LineFaultKind.Time, "dt", "T00:00:00Z")]
    [InlineData("2000-03-04,1,1,1,1,1", LineFaultKind.NoSession, "dt '2000-03-04', a day without a session", "calendar us-equities")]
    [InlineData("2001-09-12,1,1,1,1,1", LineFaultKind.NoSession, "2001-09-12", "trading day")]
    [InlineData("1990-01-02,1,1,1,1,1", LineFaultKind.TimeRange, "1990-01-02", "1998-01-01 to 2030-12-31")]
    [InlineData("2000-03-01,NaN,1,1,1,1", LineFaultKind.Price, "open 'NaN'", "finite price above 0")]
    [InlineData("2000-03-01,1,inf,1,1,1", LineFaultKind.Price, "high 'inf'", "finite price above 0")]
    [InlineData("2000-03-01,1,1,0,1,1", LineFaultKind.Price, "low '0'", "above 0")]
    [InlineData("2000-03-01,1,1,1,-4.2,1", LineFaultKind.Price, "close '-4.2'", "above 0")]
    [InlineData("2000-03-01,,1,1,1,1", LineFaultKind.Price, "open ''", "above 0")]
    [InlineData("2000-03-01,1000000000000,1,1,1,1", LineFaultKind.Price, "open '1000000000000'", "12 digits")]
    [InlineData("2000-03-01,1,1,1.1,1,1", LineFaultKind.LowAboveHigh, "low '1.1', above the high", "low <= high")]
    [InlineData("2000-03-01,3,2,1,1,1", LineFaultKind.OpenOutside, "open '3', outside", "low <= open")]
    [InlineData("2000-03-01,1,2,1,0.5,1", LineFaultKind.CloseOutside, "close '0.5', outside", "low <= open")]
    [InlineData("2000-03-01,1,1,1,1,-1", LineFaultKind.Volume, "volume '-1'", "whole number")]
    [InlineData("2000-03-01,1,1,1,1,1.5", LineFaultKind.Volume, "volume '1.5'", "whole number")]
    [InlineData("2000-03-01,1,1,1,1,NaN", LineFaultKind.Volume, "volume 'NaN'", "whole number")]
    [InlineData("2000-03-01,1,1,1,1,9223372036854775808", LineFaultKind.Volume, "volume '9223372036854775808'", "whole number")]
    public void A_daily_line_that_makes_no_sense_says_what_was_found_and_what_is_expected(
        string line, LineFaultKind kind, string found, string expected)
    {
        var fault = SampleParser.Of(SampleParser.Daily).Fault(line);
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(found, fault.Text.Found, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Text.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1572437948453315275,A/B,1,1,1", LineFaultKind.Symbol, "symbol 'A/B'")]
    [InlineData("1572437948453315275,,1,1,1", LineFaultKind.Symbol, "symbol ''")]
    [InlineData("1572437948453315275,..,1,1,1", LineFaultKind.Symbol, "symbol '..'")]
    [InlineData("yesterday,A,1,1,1", LineFaultKind.Time, "ts_ns_utc 'yesterday'")]
    [InlineData("-1,A,1,1,1", LineFaultKind.TimeRange, "ts_ns_utc '-1'")]
    [InlineData("9223372036854775807,A,1,1,1", LineFaultKind.TimeRange, "ts_ns_utc '9223372036854775807'")]
    [InlineData("1572437948453315275,A,0,1,1", LineFaultKind.Price, "price '0'")]
    [InlineData("1572437948453315275,A,1,-1,1", LineFaultKind.Volume, "size '-1'")]
    public void A_trade_that_makes_no_sense_says_what_was_found(string line, LineFaultKind kind, string found)
    {
        var fault = SampleParser.Of(SampleParser.Trades, symbol: null).Fault(line);
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(found, fault.Text.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_of_300_characters_is_refused_and_its_text_cut_in_the_message()
    {
        var fault = SampleParser.Of(SampleParser.Trades, symbol: null).Fault($"1572437948453315275,{new string('A', 300)},1,1,1");
        Assert.Equal(LineFaultKind.Symbol, fault.Kind);
        Assert.True(fault.Text.Found.Length < 120, fault.Text.Found);
    }

    [Theory]
    [InlineData("1381132800688,1,1,1,1,1", LineFaultKind.OffGrid)]
    [InlineData("9223372036854775807,1,1,1,1,1", LineFaultKind.TimeRange)]
    [InlineData("9223372036854775,1,1,1,1,1", LineFaultKind.TimeRange)]
    public void A_minute_bar_starts_on_a_minute_within_the_calendar(string line, LineFaultKind kind) =>
        Assert.Equal(kind, SampleParser.Of(SampleParser.Minute).Fault(line).Kind);

    [Fact]
    public void A_second_bar_of_a_day_and_time_going_backwards_are_refused_and_leave_no_trace()
    {
        var parser = SampleParser.Of(SampleParser.Daily);
        parser.Value("2000-03-02,1,1,1,1,1");
        Assert.Equal(LineFaultKind.Duplicate, parser.Fault("2000-03-02,2,2,2,2,2").Kind);
        var backwards = parser.Fault("2000-03-01,2,2,2,2,2");
        Assert.Equal((LineFaultKind.Backwards, "dt '2000-03-01', after 2000-03-02T21:00:00Z in the lines above"),
            (backwards.Kind, backwards.Text.Found));
        Assert.Equal(LineFaultKind.Price, parser.Fault("2000-03-06,0,1,1,1,1").Kind);
        Assert.Equal(Us(2000, 3, 3, 21, 0), parser.Value("2000-03-03,1,1,1,1,1").EndUs);
    }

    [Fact]
    public void Bars_of_several_symbols_share_a_day_and_trades_share_a_time()
    {
        var bars = SampleParser.Of("Date,Symbol,Open,High,Low,Close,Volume", symbol: null);
        bars.Value("2000-03-02,A,1,1,1,1,1");
        bars.Value("2000-03-02,B,1,1,1,1,1");
        Assert.Equal(LineFaultKind.Duplicate, bars.Fault("2000-03-02,a,1,1,1,1,1").Kind);

        var trades = SampleParser.Of("ts_ms_utc,price,size");
        trades.Value("1381132800688,49.18,300");
        trades.Value("1381132800688,49.18,300");
        Assert.Equal(LineFaultKind.Backwards, trades.Fault("1381132800687,49.18,300").Kind);
    }

    [Fact]
    public void A_price_that_jumps_by_a_million_is_real_input()
    {
        var parser = SampleParser.Of(SampleParser.Daily);
        parser.Value("2000-03-01,1,1,1,1,1");
        Assert.Equal(1_000_000_000_000, parser.Value("2000-03-02,1000000,1000000,1000000,1000000,1").Close.Micros);
    }

    [Fact]
    public void Decimals_beyond_the_sixth_are_rounded_half_to_even()
    {
        var bar = SampleParser.Of(SampleParser.Daily).Value("2000-03-01,95.10857391357422,96,95.1085735,95.1085745,1");
        Assert.Equal((95_108_574L, 95_108_574L, 95_108_574L), (bar.Open.Micros, bar.Low.Micros, bar.Close.Micros));
    }

    [Fact]
    public void A_line_of_more_than_4096_bytes_is_refused_whatever_is_in_it()
    {
        var fault = SampleParser.Of(SampleParser.Daily).Fault(new string(',', 4_097));
        Assert.Equal((LineFaultKind.TooLong, "a line of more than 4096 bytes"), (fault.Kind, fault.Text.Found));
    }

    [Fact]
    public void Every_fault_has_words()
    {
        foreach (var kind in Enum.GetValues<LineFaultKind>().Except([LineFaultKind.None]))
        {
            var parser = SampleParser.Of(SampleParser.Daily);
            parser.Value(Good);
            var defect = parser.Explain(new LineFault(kind, 0), "2000-03-01,1,1,1,1,1"u8);
            Assert.True(defect is { Found.Length: > 0, Expected.Length: > 0 }, kind.ToString());
        }
    }

    [Fact]
    public void A_parser_without_a_symbol_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => SampleParser.Of(SampleParser.Daily, symbol: null));
        Assert.Throws<ArgumentException>(() => SampleParser.Of(SampleParser.Daily, symbol: "A/B"));
    }

    static long Us(int year, int month, int day, int hour, int minute) =>
        (long)(new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
}
