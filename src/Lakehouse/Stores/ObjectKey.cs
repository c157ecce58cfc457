using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>What a key is, the same for every store, and the order of keys.</summary>
static class ObjectKey
{
    /// <summary>The most that S3 takes, prefix included.</summary>
    public const int BytesMax = 1_024;

    /// <summary>First part that no key may have: a folder keeps unfinished files in it.</summary>
    public const string ReservedFolder = ".kstock-tmp";

    static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is no key.</exception>
    public static void Check(string key)
    {
        if (Defect(key) is { } defect) throw new ArgumentException($"key '{key}': found {defect}", nameof(key));
    }

    /// <summary>A prefix may end anywhere; the parts before its last slash are those of keys.</summary>
    /// <exception cref="ArgumentException">No key can begin like this.</exception>
    public static void CheckPrefix(string prefix)
    {
        var folder = FolderOf(prefix);
        var defect = folder.Length > 0 ? Defect(folder[..^1]) : null;
        var last = prefix[folder.Length..];
        // Anything but a dot or two may still become a name.
        if (last is not ("" or "." or "..")) defect ??= Defect(last);
        if (defect is not null) throw new ArgumentException($"prefix '{prefix}': found {defect}", nameof(prefix));
    }

    /// <summary>False for what others may have put into a store and no key can name.</summary>
    public static bool IsValid(string key) => Defect(key) is null;

    /// <summary>Up to the last slash and with it; empty where there is none.</summary>
    public static string FolderOf(string key) => key[..(key.LastIndexOf('/') + 1)];

    /// <summary>Order of the UTF-8 bytes, without making them.</summary>
    public static int Compare(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var index = 0; index < common; index++)
        {
            if (left[index] != right[index]) return Rank(left[index]) - Rank(right[index]);
        }

        return left.Length - right.Length;
    }

    /// <summary>UTF-16 puts surrogates (above U+FFFF) before U+E000 to U+FFFF, UTF-8 after them.</summary>
    static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;

    static string? Defect(string key)
    {
        foreach (var part in key.Split('/'))
        {
            if (part.Length == 0) return "an empty part; expected names joined by single slashes, none in front or at the end";
            if (part is "." or "..") return $"a part {part}; expected names below the root";
        }

        if (key.Any(char.IsControl)) return "a control character; expected none";
        if (key.Split('/', 2)[0] == ReservedFolder) return $"{ReservedFolder}, which is kept for unfinished files";
        if (key.AsSpan().ContainsAny('\uFFFE', '\uFFFF')) return "a noncharacter, which a listing in XML can't hold; expected none";
        return Utf8LengthDefect(key);
    }

    static string? Utf8LengthDefect(string key)
    {
        try
        {
            var bytes = s_strictUtf8.GetByteCount(key);
            return bytes <= BytesMax ? null : $"{bytes} bytes; expected at most {BytesMax}";
        }
        catch (EncoderFallbackException)
        {
            return "half a surrogate pair; expected text";
        }
    }
}
