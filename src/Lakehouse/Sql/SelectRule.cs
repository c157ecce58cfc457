namespace Kafka.Stock.Lakehouse;

/// <summary>Which texts come into question as a SELECT. DuckDB says for certain, but only after it has prepared a statement, and
/// preparing EXPORT DATABASE makes a folder.</summary>
static class SelectRule
{
    static readonly string[] s_words = ["SELECT", "WITH", "FROM", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "SUMMARIZE"];

    /// <summary>Whether the first word, after blanks, comments and brackets, is one that a SELECT begins with.</summary>
    public static bool MayBeginSelect(ReadOnlySpan<char> sql)
    {
        var text = sql[StartOfWord(sql)..];
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        foreach (var word in s_words)
        {
            if (text[..end].Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        // DuckDB says that there is no statement.
        return text.IsEmpty;
    }

    static int StartOfWord(ReadOnlySpan<char> sql)
    {
        var at = 0;
        while (at < sql.Length)
        {
            var rest = sql[at..];
            if (rest.StartsWith("--")) at = After(sql, at, "\n");
            else if (rest.StartsWith("/*")) at = After(sql, at + 2, "*/");
            else if (char.IsWhiteSpace(rest[0]) || rest[0] is '(' or ';') at++;
            else break;
        }

        return at;
    }

    static int After(ReadOnlySpan<char> sql, int from, string end)
    {
        var found = sql[from..].IndexOf(end);
        return found < 0 ? sql.Length : from + found + end.Length;
    }
}
