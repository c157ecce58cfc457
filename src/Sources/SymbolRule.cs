using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kafka.Stock.Sources;

/// <summary>What a symbol may be: 1 to 32 of <c>A-Z 0-9 . ^ = -</c>, at least one of them a letter or digit. Lower case is
/// raised.</summary>
/// <remarks>A symbol is a Kafka key, a part of <c>symbol/interval/source</c> and of file names, so nothing else may get in.</remarks>
public static class SymbolRule
{
    /// <summary>Longest symbol, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>The rule in words, for messages.</summary>
    public const string Expected = "a symbol of 1 to 32 characters out of A-Z 0-9 . ^ = -, a letter or digit among them";

    /// <summary>Reads a symbol and raises it to upper case.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? symbol)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        Span<char> chars = stackalloc char[MaxLength];
        symbol = null;
        if (!Encoding.UTF8.TryGetBytes(text, bytes, out var count) || !TryRaise(bytes[..count], chars)) return false;
        symbol = new string(chars[..count]);
        return true;
    }

    /// <summary>Writes the symbol in upper case, one character a byte. Allocates nothing.</summary>
    internal static bool TryRaise(ReadOnlySpan<byte> text, Span<char> symbol)
    {
        if (text.Length is 0 or > MaxLength) return false;
        var named = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = (char)text[i];
            if (char.IsAsciiLetterOrDigit(letter)) named = true;
            else if (letter is not ('.' or '^' or '=' or '-')) return false;
            symbol[i] = char.ToUpperInvariant(letter);
        }

        return named;
    }
}
