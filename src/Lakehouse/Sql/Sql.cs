using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>Values as parts of SQL text.</summary>
public static class Sql
{
    /// <summary>A string literal. A NUL can't stand in SQL text, so one is joined in by <c>chr(0)</c>.</summary>
    public static string Literal(string text)
    {
        var quoted = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return text.Contains('\0') ? $"({quoted.Replace("\0", "' || chr(0) || '", StringComparison.Ordinal)})" : quoted;
    }

    /// <summary>A literal of bytes.</summary>
    public static string Literal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'", (bytes.Length * 4) + 8);
        foreach (var one in bytes) text.Append("\\x").Append(HexDigit(one >> 4)).Append(HexDigit(one & 15));
        return text.Append("'::BLOB").ToString();
    }

    /// <summary>A name of a column or table, whatever is in it.</summary>
    /// <exception cref="ArgumentException">It is empty or has a NUL: no name in SQL may.</exception>
    public static string Name(string name)
    {
        if (name.Length == 0 || name.Contains('\0')) throw new ArgumentException("a name must have a character, and no NUL", nameof(name));
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A path as a literal for <c>read_parquet</c> and its like, which would take <c>*</c>, <c>?</c> and <c>[</c> in it for
    /// a pattern.</summary>
    /// <remarks>Each stands alone in brackets: a class of one character.</remarks>
    public static string PathLiteral(string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?', '[') < 0) return Literal(path);
        var text = new StringBuilder(path.Length + 8);
        foreach (var one in path) _ = one is '*' or '?' or '[' ? text.Append('[').Append(one).Append(']') : text.Append(one);
        return Literal(text.ToString());
    }

    static char HexDigit(int value) => "0123456789ABCDEF"[value];
}
