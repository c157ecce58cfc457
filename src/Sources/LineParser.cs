using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>Reads the lines of one file of bars or trades, in order: a value, or what is wrong with the line.</summary>
/// <remarks>
/// Allocates nothing for a line, right or wrong, except once for each new symbol. A faulty line leaves no trace: the next one is
/// checked as though it had not been there. One instance a file, used by one thread.
/// </remarks>
public sealed class LineParser
{
    /// <summary>Longest line, in bytes: whatever is longer isn't market data.</summary>
    public const int MaxLineBytes = 4_096;

    /// <summary>Sequence numbers are made from event times and need them below this: 2100-01-01.</summary>
    const long MaxTimeUs = 4_102_444_800_000_000;

    const long DayUs = 86_400_000_000;

    static readonly int s_epochDay = new DateOnly(1970, 1, 1).DayNumber;

    readonly FileFormat _format;
    readonly ITradingCalendar _calendar;
    readonly long _barUs;
    readonly long _minUs;
    readonly long _maxUs;
    readonly Range[] _fields;
    readonly SymbolTable _symbols = new();
    readonly int _fixedSymbol = FileFormat.Absent;
    long _lastUs = long.MinValue;

    /// <summary>Starts a file.</summary>
    /// <param name="format">Its layout: bars or trades.</param>
    /// <param name="symbol">Its symbol by <see cref="SymbolRule"/>; not used where the format has a column for it.</param>
    /// <param name="calendar">Sessions of its market.</param>
    /// <param name="barLength">Length of its bars, where they are intraday.</param>
    /// <exception cref="ArgumentException">A file of corporate actions; no symbol anywhere; an intraday bar of one session.</exception>
    public LineParser(FileFormat format, string? symbol, ITradingCalendar calendar, BarInterval barLength)
    {
        if (format.Kind == FileKind.CorporateActions) throw new ArgumentException("expected bars or trades", nameof(format));
        if (format.Kind == FileKind.IntradayBars && barLength.IsSession)
        {
            throw new ArgumentException("expected a length", nameof(barLength));
        }

        if (!format.HasSymbolColumn)
        {
            if (symbol is null || !SymbolRule.TryParse(symbol, out var raised))
            {
                throw new ArgumentException(SymbolRule.Expected, nameof(symbol));
            }

            _fixedSymbol = _symbols.IndexOf(raised);
        }

        _format = format;
        _calendar = calendar;
        _barUs = barLength.LengthUs;
        _fields = new Range[format.Columns.Count];

        // One day less at both ends, so that the time is inside the calendar in every time zone.
        _minUs = UtcMidnightUs(calendar.FirstDay) + (calendar.FirstDay.DayNumber == s_epochDay ? 0 : DayUs);
        _maxUs = Math.Min(UtcMidnightUs(calendar.LastDay), MaxTimeUs);
    }

    /// <summary>Symbols seen so far, faulty lines included.</summary>
    public int SymbolCount => _symbols.Count;

    /// <summary>Reads a line without its line end.</summary>
    /// <returns>What is wrong with it; nothing when <paramref name="value"/> holds.</returns>
    public LineFault Parse(ReadOnlySpan<byte> line, out MarketLine value)
    {
        value = default;
        if (line.Length > MaxLineBytes) return new LineFault(LineFaultKind.TooLong, 0);
        if (CsvFields.Split(line, _fields) != _fields.Length) return new LineFault(LineFaultKind.FieldCount, 0);

        var fault = ReadSymbol(line, out var symbol);
        if (fault.IsNone) fault = ReadTime(line, out value);
        if (fault.IsNone) fault = _format.Kind == FileKind.Trades ? ReadTrade(line, ref value) : ReadBar(line, ref value);
        if (fault.IsNone) fault = CheckOrder(symbol, value.EndUs);
        if (!fault.IsNone) return fault;

        value = value with { Symbol = _symbols.SymbolAt(symbol) };
        _lastUs = value.EndUs;
        _symbols.SetLastBarEndUs(symbol, value.EndUs);
        return default;
    }

    /// <summary>Says in words what is wrong with the line that was read last.</summary>
    /// <param name="fault">As <see cref="Parse"/> gave it.</param>
    /// <param name="line">The same line, or its beginning where it was too long.</param>
    public Defect Explain(LineFault fault, ReadOnlySpan<byte> line) =>
        LineFaultText.Explain(fault, FoundIn(fault, line), _fields.Length, _calendar, _barUs, _lastUs);

    string FoundIn(LineFault fault, ReadOnlySpan<byte> line)
    {
        if (fault.Kind == LineFaultKind.TooLong) return $"a line of more than {MaxLineBytes} bytes";
        var count = CsvFields.Split(line, _fields);
        return fault.Kind == LineFaultKind.FieldCount
            ? $"{count} fields in {FieldText.Quoted(line)}"
            : $"{_format.Columns[fault.Field]} {FieldText.Quoted(line[_fields[fault.Field]])}";
    }

    LineFault ReadSymbol(ReadOnlySpan<byte> line, out int symbol)
    {
        symbol = _fixedSymbol;
        if (!_format.HasSymbolColumn) return default;
        var text = line[_fields[_format.SymbolField]];
        Span<char> raised = stackalloc char[SymbolRule.MaxLength];
        if (!SymbolRule.TryRaise(text, raised)) return new LineFault(LineFaultKind.Symbol, _format.SymbolField);
        symbol = _symbols.IndexOf(raised[..text.Length]);
        return symbol < 0 ? new LineFault(LineFaultKind.TooManySymbols, _format.SymbolField) : default;
    }

    LineFault ReadTime(ReadOnlySpan<byte> line, out MarketLine value)
    {
        value = default;
        var text = line[_fields[_format.TimeField]];
        if (_format.Kind == FileKind.DailyBars) return ReadDay(text, ref value);
        if (!FieldParser.TryInteger(text, out var number)) return Fault(LineFaultKind.Time);

        var startUs = _format.IsNanoseconds ? number / 1_000 : number > _maxUs / 1_000 ? long.MaxValue : number * 1_000;
        if (number < 0 || startUs < _minUs || startUs >= _maxUs) return Fault(LineFaultKind.TimeRange);
        if (_format.Kind == FileKind.Trades)
        {
            value = value with { StartUs = startUs, EndUs = startUs };
            return default;
        }

        if (startUs % _barUs != 0) return Fault(LineFaultKind.OffGrid);
        value = value with { StartUs = startUs, EndUs = startUs + _barUs };
        return default;
    }

    LineFault ReadDay(ReadOnlySpan<byte> text, ref MarketLine value)
    {
        if (!FieldParser.TryDay(text, out var day)) return Fault(LineFaultKind.Time);
        if (day < _calendar.FirstDay || day > _calendar.LastDay || UtcMidnightUs(day) >= MaxTimeUs) return Fault(LineFaultKind.TimeRange);
        if (!_calendar.TryGetSession(day, out var session)) return Fault(LineFaultKind.NoSession);
        value = value with { StartUs = session.OpenUs, EndUs = session.CloseUs };
        return default;
    }

    LineFault ReadBar(ReadOnlySpan<byte> line, ref MarketLine value)
    {
        var at = _format.ValueFields;
        if (!FieldParser.TryPrice(line[_fields[at[0]]], out var open)) return new LineFault(LineFaultKind.Price, at[0]);
        if (!FieldParser.TryPrice(line[_fields[at[1]]], out var high)) return new LineFault(LineFaultKind.Price, at[1]);
        if (!FieldParser.TryPrice(line[_fields[at[2]]], out var low)) return new LineFault(LineFaultKind.Price, at[2]);
        if (!FieldParser.TryPrice(line[_fields[at[3]]], out var close)) return new LineFault(LineFaultKind.Price, at[3]);
        if (low.Micros > high.Micros) return new LineFault(LineFaultKind.LowAboveHigh, at[2]);
        if (open.Micros < low.Micros || open.Micros > high.Micros) return new LineFault(LineFaultKind.OpenOutside, at[0]);
        if (close.Micros < low.Micros || close.Micros > high.Micros) return new LineFault(LineFaultKind.CloseOutside, at[3]);
        if (!FieldParser.TryVolume(line[_fields[at[4]]], out var volume)) return new LineFault(LineFaultKind.Volume, at[4]);
        value = value with { Open = open, High = high, Low = low, Close = close, Volume = volume };
        return default;
    }

    LineFault ReadTrade(ReadOnlySpan<byte> line, ref MarketLine value)
    {
        var at = _format.ValueFields;
        if (!FieldParser.TryPrice(line[_fields[at[0]]], out var price)) return new LineFault(LineFaultKind.Price, at[0]);
        if (!FieldParser.TryVolume(line[_fields[at[1]]], out var size)) return new LineFault(LineFaultKind.Volume, at[1]);
        value = value with { Open = price, High = price, Low = price, Close = price, Volume = size };
        return default;
    }

    LineFault CheckOrder(int symbol, long endUs)
    {
        if (endUs < _lastUs) return Fault(LineFaultKind.Backwards);
        var isSecond = _format.Kind != FileKind.Trades && endUs == _symbols.LastBarEndUs(symbol);
        return isSecond ? Fault(LineFaultKind.Duplicate) : default;
    }

    LineFault Fault(LineFaultKind kind) => new(kind, _format.TimeField);

    static long UtcMidnightUs(DateOnly day) => (day.DayNumber - s_epochDay) * DayUs;
}
