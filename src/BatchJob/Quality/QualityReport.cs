using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>What a pass of the quality gate found, one result a check, in the order of <see cref="QualityCheck.All"/>.</summary>
/// <param name="Results">Of every check.</param>
public sealed record QualityReport(IReadOnlyList<QualityResult> Results)
{
    static readonly string[] s_heading = ["check", "rule", "level", "status", "rows", "bad", "acknowledged"];

    /// <summary>True where no check failed; warnings don't count.</summary>
    public bool IsPassed => Results.All(result => result.Status != QualityStatus.Failed);

    /// <summary>What a caller throws to stop the retrain (exit code 3); null where no check failed.</summary>
    /// <param name="where">What was checked, such as the table.</param>
    public RefusedException? Refusal(string where)
    {
        var failed = Results.Where(result => result.Status == QualityStatus.Failed).Select(Failure).ToList();
        return failed.Count == 0
            ? null
            : new RefusedException(where, string.Join("; ", failed), "rows that pass the quality gate, or lines that acknowledge them");
    }

    /// <summary>The checks that failed, each with its number of bad rows, such as <c>max_volume 1, unique 2</c>; else empty.</summary>
    public string FailuresInShort() => string.Join(", ", Results.Where(result => result.Status == QualityStatus.Failed)
        .Select(result => $"{result.Check.Name} {Number(result.RowsBad)}"));

    /// <summary>The checks that some rows broke, as a decision has them.</summary>
    public IReadOnlyList<GateCheck> ToChecks() =>
    [
        .. Results.Where(result => result.Status != QualityStatus.Passed).Select(result => new GateCheck(
            result.Check.Name, Lower(result.Status), result.RowsChecked, result.RowsBad, result.RowsAcknowledged,
            [.. result.Samples.Select(Name)])),
    ];

    /// <summary>The report of two passes over different rows as that of one.</summary>
    /// <param name="other">Of the same checks at the same levels; its samples come after these, up to the bound.</param>
    /// <param name="samplesMax">Rows named for each check.</param>
    internal QualityReport With(QualityReport other, int samplesMax) => new(
        [.. Results.Zip(other.Results, (ours, theirs) => ours.With(theirs, samplesMax))]);

    /// <summary>A table for people, the bad rows below it, each as the line that would acknowledge it.</summary>
    public string ToText()
    {
        var rows = Results.Select(result => (string[])
        [
            result.Check.Name, result.Check.Rule, Lower(result.Level), Lower(result.Status),
            Number(result.RowsChecked), Number(result.RowsBad), Number(result.RowsAcknowledged),
        ]).Prepend(s_heading).ToList();
        var widths = s_heading.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column < 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        foreach (var result in Results.Where(result => result.Samples.Count > 0)) AppendSamples(text, result);
        return text.ToString();
    }

    /// <summary><c>{"passed":…,"checks":[…]}</c>, each check with name, rule, level, status, rows, bad, acknowledged and samples; a sample
    /// has series, end, place and found, as far as they are known.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteBoolean("passed", IsPassed);
            json.WriteStartArray("checks");
            foreach (var result in Results) WriteResult(json, result);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static string Failure(QualityResult result)
    {
        var named = result.Samples.Select(Name).ToList();
        var more = result.RowsBad > named.Count ? $" and {Number(result.RowsBad - named.Count)} more" : "";
        return $"{result.Check.Name} ({result.Check.Rule}) broken by {string.Join(", ", named)}{more}";
    }

    static string Name(QualitySample sample)
    {
        if (sample.Series is not { } series) return sample.Found;
        var place = sample.Place.Length == 0 ? "" : $" at {sample.Place}";
        return $"{series} {EventTimeText.Of(sample.EndUs)}{place}: {sample.Found}";
    }

    static void AppendSamples(StringBuilder text, QualityResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{result.Check.Name}: {result.Check.Rule}\n");
        foreach (var sample in result.Samples)
        {
            var line = sample.Series is { } series ? AcknowledgedRows.LineFor(result.Check, series, sample.EndUs) + " " : "";
            var place = sample.Place.Length == 0 ? "" : $"  ({sample.Place})";
            text.Append(CultureInfo.InvariantCulture, $"  {line}{sample.Found}{place}\n");
        }

        var more = result.RowsBad - result.Samples.Count;
        if (more > 0) text.Append(CultureInfo.InvariantCulture, $"  ... and {more} more\n");
    }

    static void WriteResult(Utf8JsonWriter json, QualityResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Check.Name);
        json.WriteString("rule", result.Check.Rule);
        json.WriteString("level", Lower(result.Level));
        json.WriteString("status", Lower(result.Status));
        json.WriteNumber("rows", result.RowsChecked);
        json.WriteNumber("bad", result.RowsBad);
        json.WriteNumber("acknowledged", result.RowsAcknowledged);
        json.WriteStartArray("samples");
        foreach (var sample in result.Samples)
        {
            json.WriteStartObject();
            if (sample.Series is { } series)
            {
                json.WriteString("series", series.ToString());
                json.WriteString("end", EventTimeText.Of(sample.EndUs));
            }

            if (sample.Place.Length > 0) json.WriteString("place", sample.Place);
            json.WriteString("found", sample.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
