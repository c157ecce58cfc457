using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Reads a whole <c>corporate-actions.csv</c>: it is small, and its lines may come in any order.</summary>
sealed class CorporateActionFile(string path)
{
    /// <summary>Lines beyond this aren't splits and dividends of the symbols of one folder.</summary>
    public const int MaxLines = 200_000;

    /// <summary>As the user gave it, or beside the data.</summary>
    public string Path { get; } = path;

    /// <summary>Lines that hold, in the order of the file.</summary>
    public List<(CorporateActionLine Line, string Where)> Lines { get; } = [];

    /// <summary>Lines that don't.</summary>
    public List<MemoryDeadLetter> DeadLetters { get; } = [];

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="calendars">A day must be a session of each of them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BrokenInputException">It can't be read, has another header, or too many lines.</exception>
    public static CorporateActionFile Read(string path, IReadOnlyCollection<ITradingCalendar> calendars, CancellationToken cancellation)
    {
        using var file = DataFile.Open(path, cancellation);
        if (file.Format.Kind != FileKind.CorporateActions)
        {
            throw new BrokenInputException(
                path, "a header without splits and dividends", "date, symbol, kind, numerator, denominator, amount, close");
        }

        var actions = new CorporateActionFile(path);
        while (file.Lines.Read(cancellation))
        {
            if (!DataFile.IsBlank(file.Lines.Line)) actions.Take(file, calendars);
        }

        return actions;
    }

    void Take(DataFile file, IReadOnlyCollection<ITradingCalendar> calendars)
    {
        var bytes = file.Lines.Line;
        if (Lines.Count + DeadLetters.Count == MaxLines)
        {
            throw new BrokenInputException(file.Lines.Where, "one line more", $"at most {MaxLines} splits and dividends");
        }

        if (CorporateActionParser.TryParse(file.Format, bytes, out var line, out var defect))
        {
            var closed = calendars.FirstOrDefault(calendar => !HasSession(calendar, line.Day));
            if (closed is null)
            {
                Lines.Add((line, file.Lines.Where));
                return;
            }

            var day = line.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            defect = new Defect($"date '{day}', a day without a session", $"a trading day of calendar {closed.Name}");
        }

        var kept = bytes.Length > LineParser.MaxLineBytes ? bytes[..LineParser.MaxLineBytes] : bytes;
        DeadLetters.Add(new MemoryDeadLetter(
            System.IO.Path.GetFileName(Path), kept.ToArray(), file.Lines.Where, defect.Found, defect.Expected));
    }

    static bool HasSession(ITradingCalendar calendar, DateOnly day) =>
        day >= calendar.FirstDay && day <= calendar.LastDay && calendar.TryGetSession(day, out _);
}
