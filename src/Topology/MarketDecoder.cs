using System.Text;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Topology;

/// <summary>Reads records of the market topic and refuses those that no fold can make sense of.</summary>
sealed class MarketDecoder(ITradingCalendar calendar, int horizonBars)
{
    const long SizeMax = 1_000_000_000_000_000;
    readonly NamePool _names = new();

    // The exchange's day begins after midnight UTC; and targets lie after their bar: the calendar's last days are kept for them.
    readonly DateOnly _firstDay = calendar.FirstDay.AddDays(1);
    readonly DateOnly _lastDay = calendar.LastDay.AddDays(-(14 + (2 * horizonBars)));

    public void Decode(in LogRecord record, ref MarketMessage message)
    {
        switch (record.SchemaName)
        {
            case "kafka.stock.Tick":
                message.Kind = MarketKind.Tick;
                message.Tick = Read<Tick>(record);
                Check(message.Tick, record);
                break;
            case "kafka.stock.SourceBar":
                message.Kind = MarketKind.SourceBar;
                message.Bar = Read<SourceBar>(record);
                Check(message.Bar, record);
                break;
            case "kafka.stock.ReferenceBar":
                message.Kind = MarketKind.ReferenceBar;
                message.Bar = Read<ReferenceBar>(record).Bar;
                Check(message.Bar, record);
                break;
            case "kafka.stock.Watermark":
                message.Kind = MarketKind.Watermark;
                message.Watermark = Read<Watermark>(record);
                CheckKey(record, message.Watermark.Symbol, message.Watermark.Source);
                break;
            case "kafka.stock.CorporateAction":
                message.Kind = MarketKind.CorporateAction;
                message.Action = Read<CorporateAction>(record);
                Check(message.Action, record);
                break;
            default:
                throw Defect(
                    record, $"a record of type {record.SchemaName}", "Tick, SourceBar, ReferenceBar, Watermark or CorporateAction");
        }
    }

    TRecord Read<TRecord>(in LogRecord record)
        where TRecord : struct, IAvroRecord<TRecord>
    {
        TRecord value = default;
        AvroBody.Read(record.Body, _names, ref value);
        return value;
    }

    void Check(in Tick tick, in LogRecord record)
    {
        CheckKey(record, tick.Symbol, tick.Source);
        CheckTime(record, tick.EventTimeUs);
        if (tick.Price.Micros <= 0) throw Defect(record, $"price {tick.Price}", "a price above 0");
        if (tick.Size is < 0 or > SizeMax) throw Defect(record, $"size {tick.Size}", $"a size from 0 to {SizeMax}");
    }

    void Check(in SourceBar bar, in LogRecord record)
    {
        CheckKey(record, bar.Symbol, bar.Source);
        CheckTime(record, bar.StartUs);
        CheckTime(record, bar.EndUs);
        if (bar.EndUs <= bar.StartUs) throw Defect(record, $"a bar from {bar.StartUs} to {bar.EndUs}", "an end after the start");
        if (!BarInterval.TryParse(bar.Interval, out _)) throw Defect(record, $"interval {bar.Interval}", "1s to 12h, or 1d");
        var inside = bar.Low.Micros > 0 && bar.Low.Micros <= Math.Min(bar.Open.Micros, bar.Close.Micros)
            && bar.High.Micros >= Math.Max(bar.Open.Micros, bar.Close.Micros);
        if (!inside)
        {
            throw Defect(
                record,
                $"open {bar.Open}, high {bar.High}, low {bar.Low}, close {bar.Close}",
                "0 < low <= open, close <= high");
        }

        if (bar.Volume is < 0 or > SizeMax) throw Defect(record, $"volume {bar.Volume}", $"a volume from 0 to {SizeMax}");
    }

    void Check(in CorporateAction action, in LogRecord record)
    {
        CheckKey(record, action.Symbol, action.Source);
        CheckTime(record, action.EffectiveUs);
        var usable = action.PriceFactor is > 1e-6 and < 1e6 && action.VolumeFactor is > 1e-6 and < 1e6;
        if (!usable) throw Defect(record, $"factors {action.PriceFactor:R} and {action.VolumeFactor:R}", "factors between 1e-6 and 1e6");
    }

    void CheckTime(in LogRecord record, long timeUs)
    {
        if (timeUs >= DayStartUs(_firstDay) && timeUs < DayStartUs(_lastDay)) return;
        throw Defect(record, $"time {timeUs} us", $"a time the calendar {calendar.Name} knows: {_firstDay:O} to {_lastDay:O}");
    }

    static void CheckKey(in LogRecord record, string symbol, string source)
    {
        Span<byte> expected = stackalloc byte[256];
        var valid = symbol.Length is > 0 and <= 32 && !symbol.Contains('/')
            && source.Length is > 0 and <= 32 && !source.Contains('/');
        if (!valid)
        {
            throw Defect(
                record,
                $"symbol of {symbol.Length} and source of {source.Length} characters",
                "1 to 32 characters each, no slash");
        }

        var length = Encoding.UTF8.GetBytes(symbol, expected);
        if (!record.Key.SequenceEqual(expected[..length])) throw Defect(record, "a key that isn't its symbol", $"key {symbol}");
    }

    static RecordDefectException Defect(in LogRecord record, string found, string expected) =>
        new($"{StockTopics.Market}@{record.Offset}", found, expected);

    static long DayStartUs(DateOnly day) => (day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * 86_400_000_000L;
}
