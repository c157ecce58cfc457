using System.Text.RegularExpressions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>Types and members of a file, found by matching braces in bare text. Good for this house's form, not for all of C#.</summary>
sealed partial class CSharpOutline
{
    readonly string _text;
    readonly List<TypeOutline> _types = [];
    readonly List<MemberOutline> _members = [];

    CSharpOutline(string bare)
    {
        _text = bare;
        Walk(0, owner: null);
    }

    public string? Namespace { get; private set; }

    public bool HasFileScopedNamespace { get; private set; }

    public IReadOnlyList<TypeOutline> Types => _types;

    /// <summary>What has a body: methods, constructors, operators, properties, and statements of a program.</summary>
    public IReadOnlyList<MemberOutline> Members => _members;

    public static CSharpOutline Of(SourceFile file) => new(file.Bare);

    /// <summary>Goes through declarations to the brace that closes their block, or the end; returns the place after it.</summary>
    int Walk(int at, TypeOutline? owner)
    {
        while (true)
        {
            at = SkipBlanksAndAttributes(at);
            if (at >= _text.Length) return at;
            if (_text[at] == '}') return at + 1;
            if (_text[at] == ';')
            {
                at++;
                continue;
            }

            at = Declaration(at, owner);
        }
    }

    int Declaration(int start, TypeOutline? owner)
    {
        var stop = EndOfHeader(start);
        var header = _text[start..stop];
        var opens = stop < _text.Length && _text[stop] == '{';
        if (header.StartsWith("using ", StringComparison.Ordinal) && !opens) return EndOfStatement(stop);
        if (header.StartsWith("namespace ", StringComparison.Ordinal)) return EnterNamespace(header, stop, opens);
        if (header.StartsWith("extension", StringComparison.Ordinal) && opens) return Walk(stop + 1, owner);
        var type = TypeHeader().Match(header);
        return type.Success ? EnterType(type, header, start, stop, owner) : Member(header, start, stop);
    }

    int EnterNamespace(string header, int stop, bool opens)
    {
        Namespace = header["namespace ".Length..].Trim();
        HasFileScopedNamespace = !opens;
        return opens ? Walk(stop + 1, owner: null) : stop + 1;
    }

    int EnterType(Match match, string header, int start, int stop, TypeOutline? owner)
    {
        var kind = match.Groups["kind"].Value;
        string[] modifiers = match.Groups["modifiers"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var type = new TypeOutline(match.Groups["name"].Value, kind, modifiers, owner is null, header[match.Length..], LineOf(start));
        _types.Add(type);
        if (stop >= _text.Length || _text[stop] != '{') return stop + 1;
        return kind == "enum" ? EndOfBlock(stop) : Walk(stop + 1, type);
    }

    int Member(string header, int start, int stop)
    {
        if (stop >= _text.Length || _text[stop] is ';' or '}') return Math.Max(stop, start + 1);
        var isField = _text[stop] == '=' && !IsArrow(stop);
        var end = _text[stop] == '{' ? EndOfBlock(stop) : EndOfStatement(stop);
        if (!isField) _members.Add(new MemberOutline(NameOf(header), LineOf(start), LineOf(end - 1) - LineOf(start) + 1));
        var next = SkipBlanks(end);
        // A property's first value comes after its block.
        return _text[stop] == '{' && next < _text.Length && _text[next] == '=' ? EndOfStatement(next) : end;
    }

    /// <summary>The block, semicolon, arrow or equals sign that ends the header, outside brackets.</summary>
    int EndOfHeader(int at)
    {
        var start = at;
        for (var depth = 0; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c is '(' or '[') depth++;
            else if (c is ')' or ']') depth--;
            else if (depth > 0) continue;
            else if (c is '{' or ';' or '}') return at;
            else if (c == '=' && !OperatorName().IsMatch(_text[start..at])) return at;
        }

        return at;
    }

    /// <summary>The place after the next semicolon that stands outside all brackets and blocks.</summary>
    int EndOfStatement(int at)
    {
        for (var depth = 0; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth--;
            else if (c == ';' && depth == 0) return at + 1;
        }

        return at;
    }

    int EndOfBlock(int at)
    {
        for (var depth = 0; at < _text.Length; at++)
        {
            if (_text[at] == '{') depth++;
            if (_text[at] == '}' && --depth == 0) return at + 1;
        }

        return at;
    }

    int SkipBlanksAndAttributes(int at)
    {
        at = SkipBlanks(at);
        while (at < _text.Length && _text[at] == '[')
        {
            for (var depth = 0; at < _text.Length; at++)
            {
                if (_text[at] == '[') depth++;
                if (_text[at] == ']' && --depth == 0) break;
            }

            at = SkipBlanks(at + 1);
        }

        return at;
    }

    int SkipBlanks(int at)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at])) at++;
        return at;
    }

    bool IsArrow(int at) => at + 1 < _text.Length && _text[at + 1] == '>';

    int LineOf(int at) => _text.AsSpan(0, Math.Min(at, _text.Length)).Count('\n') + 1;

    static string NameOf(string header)
    {
        var parameters = header.AsSpan().IndexOfAny('(', '[');
        var words = (parameters < 0 ? header : header[..parameters]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? header.Trim() : words[^1];
    }

    [GeneratedRegex(
        @"^(?<modifiers>((public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*)"
        + @"(?<kind>record\s+struct|record\s+class|record|class|struct|interface|enum)\s+(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\boperator\s*[^\s\w]*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OperatorName();
}
