using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Writes rows of CSV by RFC 4180: commas between, quotes where needed, CR LF at the end; numbers with round-trip
/// digits.</summary>
sealed class CsvText(TextWriter writer)
{
    const string LineEnd = "\r\n";
    bool _isWithinRow;

    public void Row(params IEnumerable<string> fields)
    {
        foreach (var field in fields) Field(field);
        EndRow();
    }

    public CsvText Field(string text)
    {
        Separate();
        if (text.AsSpan().IndexOfAny("\",\r\n") < 0) writer.Write(text);
        else writer.Write('"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
        return this;
    }

    /// <summary>The shortest text that gives the same bits; empty for null and NaN.</summary>
    public CsvText Field(double? value)
    {
        Separate();
        if (value is not { } number || !double.IsFinite(number)) return this;
        Span<char> text = stackalloc char[32];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
        return this;
    }

    public CsvText Field(long value)
    {
        Separate();
        Span<char> text = stackalloc char[24];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
        return this;
    }

    public CsvText Field(DateOnly day) => Field(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>ISO 8601 in UTC, with a fraction only where there is one.</summary>
    public CsvText Time(long timeUs) => Field(
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    public void EndRow()
    {
        writer.Write(LineEnd);
        _isWithinRow = false;
    }

    void Separate()
    {
        if (_isWithinRow) writer.Write(',');
        _isWithinRow = true;
    }
}
