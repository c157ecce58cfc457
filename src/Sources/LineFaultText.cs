using Kafka.Stock.Calendars;

namespace Kafka.Stock.Sources;

/// <summary>The one place where the faults of a line get their words.</summary>
static class LineFaultText
{
    public static Defect Explain(LineFault fault, string found, int fieldCount, ITradingCalendar calendar, long barUs, long lastUs) =>
        fault.Kind switch
        {
            LineFaultKind.FieldCount => new(found, $"{fieldCount} fields, as in the header"),
            LineFaultKind.TooLong => new(found, $"a line of at most {LineParser.MaxLineBytes} bytes"),
            LineFaultKind.Time =>
                new(found, "a day as 2000-03-01 or 2000-03-01T00:00:00Z, or, by the column's name, whole ms or ns since 1970 UTC"),
            LineFaultKind.TimeRange => new(found, $"a time that calendar {calendar.Name} knows: {Range(calendar)}"),
            LineFaultKind.NoSession => new($"{found}, a day without a session", $"a trading day of calendar {calendar.Name}"),
            LineFaultKind.OffGrid => new(found, $"the start of a bar: a multiple of its length, {barUs / 1_000_000} s"),
            LineFaultKind.Price => new(found, "a finite price above 0, with at most 12 digits before the point"),
            LineFaultKind.LowAboveHigh => new($"{found}, above the high", "low <= high"),
            LineFaultKind.OpenOutside or LineFaultKind.CloseOutside => new($"{found}, outside low to high", "low <= open, close <= high"),
            LineFaultKind.Volume => new(found, $"a whole number of shares from 0 to {FieldParser.MaxVolume}"),
            LineFaultKind.Symbol => new(found, SymbolRule.Expected),
            LineFaultKind.TooManySymbols => new(found, $"at most {SymbolTable.MaxCount} symbols a file"),
            LineFaultKind.Duplicate => new($"{found}, a second bar of that time", "one bar a time, sorted by time"),
            LineFaultKind.Backwards =>
                new($"{found}, after {FieldText.Utc(lastUs)} in the lines above", "lines sorted by time, oldest first"),
            _ => throw new ArgumentException("expected a fault", nameof(fault)),
        };

    static string Range(ITradingCalendar calendar) => $"{FieldText.Day(calendar.FirstDay)} to {FieldText.Day(calendar.LastDay)}";
}
