using System.Diagnostics.CodeAnalysis;

namespace Kafka.Stock.Sources;

/// <summary>What the name of a source may be: 1 to 32 of <c>a-z 0-9 . -</c>, beginning with a letter or digit.</summary>
public static class SourceRule
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Expected = "a source name of 1 to 32 characters out of a-z 0-9 . -, beginning with a letter or digit";

    /// <summary>Checks a source's name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? source)
    {
        source = null;
        if (text.Length is 0 or > 32 || text[0] is '.' or '-') return false;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('.' or '-')) return false;
        }

        source = text;
        return true;
    }
}
