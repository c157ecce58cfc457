using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>What a <see cref="FileReplay"/> reads, and how.</summary>
public sealed record FileReplayOptions
{
    /// <summary>Files, or folders, of which the <c>*.csv</c> and <c>*.csv.gz</c> are taken. At least one.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Source of all files; null: the part of a file's name before <c>_ticks_</c>, else <c>csv</c>.</summary>
    public string? SourceName { get; init; }

    /// <summary>Symbol of the market reference, whose bars are told to every partition; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>Sources of single files, or of all files of a folder, by their path as in <see cref="Paths"/>; they go before
    /// <see cref="SourceName"/>.</summary>
    public IReadOnlyDictionary<string, string> SourcesByPath { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Length of the bars of files whose bars are named by their start; not a session.</summary>
    public BarInterval IntradayBarLength { get; init; } = BarInterval.Minute;

    /// <summary>Names of calendars by source, where it isn't <see cref="DefaultCalendar"/>.</summary>
    public IReadOnlyDictionary<string, string> CalendarsBySource { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Calendar of all other sources.</summary>
    public string DefaultCalendar { get; init; } = UsEquitiesCalendar.Instance.Name;

    /// <summary>Event time that passes in a second of the clock, in seconds; null: as fast as downstream takes it. Above 0.</summary>
    public double? SpeedFactor { get; init; }

    /// <summary>Watermarks of trades lie on multiples of this, in seconds: 1 to 3,600, a divisor of a day. Default 60.</summary>
    public int WatermarkStepSeconds { get; init; } = 60;

    /// <summary>Records between two notes of how far the sources are: 1 to 1,000,000.</summary>
    public int PositionEveryRecords { get; init; } = 10_000;

    /// <summary>The options, when all of them make sense.</summary>
    /// <exception cref="ConfigurationException">All faults at once.</exception>
    public FileReplayOptions Validated()
    {
        List<Defect> faults = [];
        if (Paths.Count == 0 || Paths.Any(string.IsNullOrWhiteSpace)) faults.Add(new("no path, or a blank one", "files or folders"));
        if (SourceName is not null && !SourceRule.TryParse(SourceName, out _)) faults.Add(
            new($"source '{SourceName}'", SourceRule.Expected));
        if (Reference is not null && !SymbolRule.TryParse(Reference, out _)) faults.Add(
            new($"reference '{Reference}'", SymbolRule.Expected));
        foreach (var source in SourcesByPath.Values.Where(source => !SourceRule.TryParse(source, out _)))
            faults.Add(new($"source '{source}'", SourceRule.Expected));
        if (IntradayBarLength.IsSession) faults.Add(new("an intraday bar of one session", "a length from 1s to 12h"));
        foreach (var name in CalendarsBySource.Values.Append(DefaultCalendar).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal))
        {
            if (!TradingCalendars.TryGet(name, out _)) faults.Add(
                new($"calendar '{name}'", string.Join(" or ", TradingCalendars.All.Select(c => c.Name))));
        }

        if (SpeedFactor is { } speed && !(speed > 0 && double.IsFinite(speed))) faults.Add(new(Number("speed factor", speed), "above 0"));
        if (WatermarkStepSeconds is < 1 or > 3_600 || 86_400 % WatermarkStepSeconds != 0)
        {
            faults.Add(new(Number("watermark step in seconds", WatermarkStepSeconds), "a divisor of a day from 1 to 3600"));
        }

        if (PositionEveryRecords is < 1 or > 1_000_000) faults.Add(new(Number("records a position", PositionEveryRecords), "1 to 1000000"));
        if (faults.Count == 0) return this;
        throw new ConfigurationException(
            "ingest", string.Join("; ", faults.Select(fault => fault.Found)), string.Join("; ", faults.Select(fault => fault.Expected)));
    }

    /// <summary>The source that was said for a file; null where none was.</summary>
    internal string? SourceOf(string file) =>
        SourcesByPath.GetValueOrDefault(file) ?? SourcesByPath.GetValueOrDefault(Path.GetDirectoryName(file) ?? "")
            ?? SourcesByPath.GetValueOrDefault(Path.GetDirectoryName(file) + Path.DirectorySeparatorChar) ?? SourceName;

    /// <summary>The calendar of a source.</summary>
    internal ITradingCalendar CalendarOf(string source)
    {
        var name = CalendarsBySource.GetValueOrDefault(source, DefaultCalendar);
        return TradingCalendars.TryGet(name, out var calendar) ? calendar
            : throw new ArgumentException("expected validated options", nameof(source));
    }

    static string Number(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value}");
}
