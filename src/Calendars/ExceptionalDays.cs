using System.Globalization;

namespace Kafka.Stock.Calendars;

/// <summary>The days of an embedded data file on which an exchange differed from its own rules.</summary>
sealed class ExceptionalDays
{
    const string Header = "day,kind,reason";

    readonly SortedSet<DateOnly> _closed = [];
    readonly SortedSet<DateOnly> _half = [];

    ExceptionalDays()
    {
    }

    public bool IsClosed(DateOnly day) => _closed.Contains(day);

    public bool IsHalfDay(DateOnly day) => _half.Contains(day);

    /// <summary>Reads a resource of this assembly.</summary>
    /// <exception cref="InvalidOperationException">It isn't there or a line is wrong: the build is broken.</exception>
    public static ExceptionalDays Load(string resource)
    {
        using var stream = typeof(ExceptionalDays).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource}: found no such resource; expected it in the assembly");
        using var reader = new StreamReader(stream);
        return Parse(resource, reader.ReadToEnd());
    }

    /// <summary>Reads lines of day, kind (<c>closed</c> or <c>half-day</c>) and reason; lines that start with # are comments.</summary>
    public static ExceptionalDays Parse(string name, string text)
    {
        var days = new ExceptionalDays();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || line == Header) continue;
            if (days.TryAdd(line)) continue;
            var where = string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
            throw new InvalidOperationException($"{where}: found '{line}'; expected a new yyyy-MM-dd, closed or half-day, a reason");
        }

        return days;
    }

    bool TryAdd(string line)
    {
        var fields = line.Split(',', 3);
        if (fields.Length != 3 || fields[2].Length == 0) return false;
        if (!TryParseDay(fields[0], out var day) || IsClosed(day) || IsHalfDay(day)) return false;
        return fields[1] switch { "closed" => _closed.Add(day), "half-day" => _half.Add(day), _ => false };
    }

    static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
