using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Rows that break a rule and are right so, each with the reason that somebody gave.</summary>
/// <remarks>
/// A text file of lines <c>series,end,check,reason</c>, such as
/// <c>AAPL/1d/csv,2000-09-29T20:00:00Z,jumps,profit warning of the evening before</c>; the first line may be that heading. Empty lines
/// and those that begin with <c>#</c> are passed over. A reason is wanted, and may have commas.
/// </remarks>
public sealed class AcknowledgedRows
{
    const string Heading = "series,end,check,reason";

    readonly Dictionary<(SeriesId Series, long EndUs, string Check), string> _reasons;

    AcknowledgedRows(Dictionary<(SeriesId Series, long EndUs, string Check), string> reasons) => _reasons = reasons;

    /// <summary>None.</summary>
    public static AcknowledgedRows Empty { get; } = new([]);

    /// <summary>How many rows there are.</summary>
    public int Count => _reasons.Count;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">What is in it.</param>
    /// <exception cref="BrokenInputException">A line is none; names file and line.</exception>
    public static AcknowledgedRows Parse(string file, string text)
    {
        var reasons = new Dictionary<(SeriesId Series, long EndUs, string Check), string>();
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#' || (reasons.Count == 0 && line == Heading)) continue;
            var (row, reason) = ParseLine($"{file}:{index + 1}", line);
            if (reasons.TryAdd(row, reason)) continue;
            throw new BrokenInputException($"{file}:{index + 1}", "a row that was named before", "each row once");
        }

        return new AcknowledgedRows(reasons);
    }

    /// <summary>Why this row may break this rule; null where nobody said so.</summary>
    public string? ReasonFor(QualityCheck check, SeriesId series, long endUs) => _reasons.GetValueOrDefault((series, endUs, check.Name));

    /// <summary>The line that would acknowledge a row, but for the reason.</summary>
    internal static string LineFor(QualityCheck check, SeriesId series, long endUs) => $"{series},{EventTimeText.Of(endUs)},{check.Name},";

    static ((SeriesId Series, long EndUs, string Check) Row, string Reason) ParseLine(string where, string line)
    {
        var fields = line.Split(',', 4, StringSplitOptions.TrimEntries);
        if (fields.Length < 4) throw new BrokenInputException(where, $"{fields.Length} fields", Heading);
        if (!SeriesId.TryParse(fields[0], out var series))
        {
            throw new BrokenInputException(where, $"series '{fields[0]}'", "symbol/interval/source");
        }

        if (!EventTimeText.TryParse(fields[1], out var endUs))
        {
            throw new BrokenInputException(where, $"end '{fields[1]}'", "the end of a bar in UTC, such as 2000-09-29T20:00:00Z");
        }

        var names = QualityCheck.All.Select(check => check.Name).ToList();
        if (!names.Contains(fields[2])) throw new BrokenInputException(where, $"check '{fields[2]}'", string.Join(", ", names));
        if (fields[3].Length == 0) throw new BrokenInputException(where, "no reason", "why the row is right as it is");
        return ((series, endUs, fields[2]), fields[3]);
    }
}
