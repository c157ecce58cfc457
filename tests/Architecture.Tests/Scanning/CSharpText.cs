using System.Text.RegularExpressions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>Takes what isn't code out of C# text, so that braces and words can be counted. Enough of the lexer, no parser.</summary>
static partial class CSharpText
{
    /// <summary>Comments, strings, characters and directives become blanks; each line stays where it was.</summary>
    public static string Bare(string code)
    {
        var bare = code.ToCharArray();
        for (var at = 0; at < code.Length;)
        {
            var end = EndOfLiteral(code, at);
            for (var i = at; i < end; i++)
            {
                if (bare[i] != '\n') bare[i] = ' ';
            }

            at = Math.Max(end, at + 1);
        }

        return Directive().Replace(new string(bare), directive => new string(' ', directive.Length));
    }

    /// <summary>The end of the comment, string or character that begins here; here itself where none does.</summary>
    static int EndOfLiteral(string code, int at)
    {
        if (At(code, at, "//")) return IndexOrEnd(code, "\n", at);
        if (At(code, at, "/*")) return Math.Min(IndexOrEnd(code, "*/", at + 2) + 2, code.Length);
        if (code[at] == '\'') return EndOfCharacter(code, at);
        return code[at] is '"' or '$' or '@' ? EndOfString(code, at) : at;
    }

    static int EndOfCharacter(string code, int at) =>
        At(code, at + 1, "\\") ? Math.Min(IndexOrEnd(code, "'", at + 3) + 1, code.Length) : Math.Min(at + 3, code.Length);

    static int EndOfString(string code, int at)
    {
        var quote = at;
        while (quote < code.Length && code[quote] is '$' or '@') quote++;
        if (quote >= code.Length || code[quote] != '"') return at;
        var prefix = code.AsSpan(at, quote - at);
        var isVerbatim = prefix.Contains('@');
        var quotes = 0;
        while (quote + quotes < code.Length && code[quote + quotes] == '"') quotes++;
        if (quotes >= 3 && !isVerbatim) return Math.Min(IndexOrEnd(code, new string('"', quotes), quote + quotes) + quotes, code.Length);
        return EndOfPlainString(code, quote + 1, isVerbatim, prefix.Contains('$'));
    }

    static int EndOfPlainString(string code, int at, bool isVerbatim, bool hasHoles)
    {
        while (at < code.Length)
        {
            if (code[at] == '"' && !(isVerbatim && At(code, at + 1, "\""))) return at + 1;
            if (hasHoles && code[at] == '{' && !At(code, at + 1, "{")) at = EndOfHole(code, at + 1);
            else at += IsPair(code, at, isVerbatim, hasHoles) ? 2 : 1;
        }

        return code.Length;
    }

    static bool IsPair(string code, int at, bool isVerbatim, bool hasHoles) => code[at] switch
    {
        '\\' => !isVerbatim,
        '"' => true,
        '{' => hasHoles,
        _ => false,
    };

    static int EndOfHole(string code, int at)
    {
        for (var depth = 1; at < code.Length;)
        {
            var end = EndOfLiteral(code, at);
            if (end > at)
            {
                at = end;
                continue;
            }

            depth += code[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at++;
            if (depth == 0) return at;
        }

        return code.Length;
    }

    static bool At(string code, int at, string text) => at < code.Length && code.AsSpan(at).StartsWith(text, StringComparison.Ordinal);

    static int IndexOrEnd(string code, string text, int from)
    {
        var index = from < code.Length ? code.IndexOf(text, from, StringComparison.Ordinal) : -1;
        return index < 0 ? code.Length : index;
    }

    [GeneratedRegex(@"^[ \t]*#.*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Directive();
}
