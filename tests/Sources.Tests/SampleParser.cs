using System.Text;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources.Tests;

/// <summary>Parsers from a header in text, and lines in text.</summary>
static class SampleParser
{
    public const string Daily = "dt,open,high,low,close,volume";
    public const string Minute = "ts_ms_utc,open,high,low,close,volume";
    public const string Trades = "ts_ns_utc,symbol,price,size,seq";

    public static LineParser Of(string header, string? symbol = "AAPL", ITradingCalendar? calendar = null)
    {
        var valid = FileFormat.TryRecognise(Encoding.UTF8.GetBytes(header), out var format, out var defect);
        Assert.True(valid, defect.Found);
        return new LineParser(format!, symbol, calendar ?? UsEquitiesCalendar.Instance, BarInterval.Minute);
    }

    public static MarketLine Value(this LineParser parser, string line)
    {
        var fault = parser.Parse(Encoding.UTF8.GetBytes(line), out var value);
        Assert.True(fault.IsNone, $"{line}: {fault}");
        return value;
    }

    public static (LineFaultKind Kind, Defect Text) Fault(this LineParser parser, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var fault = parser.Parse(bytes, out _);
        return (fault.Kind, fault.IsNone ? default : parser.Explain(fault, bytes));
    }
}
