namespace Kafka.Stock.Learning;

/// <summary>64-bit FNV-1a (Fowler, Noll, Vo): the same number for the same text in every process.</summary>
public static class Fnv1a
{
    const ulong OffsetBasis = 14695981039346656037UL;
    const ulong Prime = 1099511628211UL;

    /// <summary>Hash of the UTF-8 bytes of a text; a lone surrogate counts as U+FFFD. No allocation.</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = OffsetBasis;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes()) hash = Append(hash, utf8[..rune.EncodeToUtf8(utf8)]);
        return hash;
    }

    /// <summary>Hash of bytes.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes) => Append(OffsetBasis, bytes);

    static ulong Append(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) hash = unchecked((hash ^ value) * Prime);
        return hash;
    }
}
