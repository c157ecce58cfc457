namespace Kafka.Stock.Sources;

/// <summary>Splits a CSV line into fields. A field in double quotes may hold commas; blanks around a field don't count.</summary>
static class CsvFields
{
    /// <summary>Most columns that a header may have.</summary>
    public const int MaxCount = 64;

    /// <summary>Finds the fields of a line, without line end. Allocates nothing.</summary>
    /// <returns>How many fields there are; beyond the length of <paramref name="fields"/> they are only counted.</returns>
    public static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var count = 0;
        var start = 0;
        while (true)
        {
            var end = EndOfField(line, start);
            if (count < fields.Length) fields[count] = Trimmed(line, start, end);
            count++;
            if (end >= line.Length) return count;
            start = end + 1;
        }
    }

    static int EndOfField(ReadOnlySpan<byte> line, int start)
    {
        var first = start;
        while (first < line.Length && line[first] == ' ') first++;
        if (first < line.Length && line[first] == '"')
        {
            var closing = line[(first + 1)..].IndexOf((byte)'"');
            if (closing >= 0) start = first + closing + 2;
        }

        var comma = line[start..].IndexOf((byte)',');
        return comma < 0 ? line.Length : start + comma;
    }

    static Range Trimmed(ReadOnlySpan<byte> line, int start, int end)
    {
        while (start < end && line[start] is (byte)' ' or (byte)'\t') start++;
        while (end > start && line[end - 1] is (byte)' ' or (byte)'\t') end--;
        var quoted = end - start >= 2 && line[start] == '"' && line[end - 1] == '"';
        return quoted ? (start + 1)..(end - 1) : start..end;
    }
}
