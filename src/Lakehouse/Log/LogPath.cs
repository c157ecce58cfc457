using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Paths of data files in the log: percent-encoded once, relative to the table.</summary>
public static class LogPath
{
    /// <summary>Without the colon: what stands before one could be taken for the scheme of an absolute address.</summary>
    const string Unreserved = "-_.~!$&'()*+,;=@/";
    const string NullPartition = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>What Hive and Spark escape in folder names; the rest of the world reads their folders.</summary>
    const string HiveEscaped = "\"#%'*/:=?\\{[]^\x7f";

    /// <summary>An object's key as the log writes it.</summary>
    public static string Encode(string key)
    {
        var text = new StringBuilder(key.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in key.EnumerateRunes())
        {
            if (rune.IsAscii && IsUnreserved((char)rune.Value))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var one in utf8[..rune.EncodeToUtf8(utf8)]) text.Append('%').Append(one.ToString("X2", null));
        }

        return text.ToString();
    }

    /// <summary>The key that a path of the log means. What is no valid escape stays as it is.</summary>
    public static string Decode(string path) => path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;

    /// <summary>The object of a store that a path of the log means.</summary>
    /// <param name="table">The table's own key prefix, empty at the store's root.</param>
    /// <param name="path">As the log has it.</param>
    /// <param name="store">The store's root, for absolute paths that lie within it, and for messages.</param>
    /// <exception cref="RefusedException">The path leaves the table: an absolute one elsewhere, or one with <c>..</c>.</exception>
    public static string ToKey(string table, string path, string store)
    {
        var key = Decode(path);
        var root = (table.Length == 0 ? store : $"{store}/{table}").TrimEnd('/') + '/';
        var isAbsolute = key.StartsWith('/') || Uri.TryCreate(path, UriKind.Absolute, out _);
        if (isAbsolute)
        {
            var target = key.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? "/" + key["file:".Length..].TrimStart('/') : key;
            if (!target.StartsWith(root, StringComparison.Ordinal)) throw Outside(root, path);
            key = target[root.Length..];
        }

        if (key.Length == 0 || key.Split('/').Any(part => part is "" or "." or "..")) throw Outside(root, path);
        return table.Length == 0 ? key : $"{table}/{key}";
    }

    /// <summary>The folder of a partition below its table, such as <c>kind=tick/day=2024-01-02</c>; empty without partition
    /// columns.</summary>
    /// <remarks>As Hive names folders; it is decoration, the log's values count.</remarks>
    public static string PartitionFolder(IEnumerable<string> columns, PartitionValues values) =>
        string.Join('/', columns.Select(column => $"{HiveEscape(column)}={HiveEscape(values[column] ?? NullPartition)}"));

    static bool IsUnreserved(char one) => char.IsAsciiLetterOrDigit(one) || Unreserved.Contains(one, StringComparison.Ordinal);

    static string HiveEscape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (one >= ' ' && !HiveEscaped.Contains(one, StringComparison.Ordinal)) escaped.Append(one);
            else escaped.Append('%').Append(((int)one).ToString("X2", null));
        }

        return escaped.ToString();
    }

    static RefusedException Outside(string root, string path) =>
        new(root, $"the data file {path}", "files below the table's own folder");
}
