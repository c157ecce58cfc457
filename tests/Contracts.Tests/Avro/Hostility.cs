namespace Kafka.Stock.Contracts.Tests;

/// <summary>Ways to spoil a body.</summary>
static class Hostility
{
    static readonly byte[][] s_evil =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], // long.MinValue
        [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], // long.MaxValue
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0xFE, 0xFF, 0xFF, 0xFF, 0x0F],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], // 11 bytes
        [0xC0, 0x80], // overlong UTF-8
        [0xED, 0xA0, 0x80], // a surrogate in UTF-8
        [0x01], [0x80], [0x00],
    ];

    static readonly string[] s_evilText =
    [
        "\ud800", "\\ud800", "1e999", "-0", "null", "{}", "[[[[", "\"", ",", "\u0000", "99999999999999999999", "\"type\":",
    ];

    static readonly string[] s_words =
    [
        "\"int\"", "\"long\"", "\"string\"", "\"null\"", "\"record\"", "\"enum\"",
        "\"fixed\"", "\"array\"", "\"name\"", "\"size\"", "\"R1\"",
    ];

    public static byte[] Mutate(byte[] body, SplitMix chance)
    {
        var bytes = new List<byte>(body);
        for (var i = chance.Below(3); i >= 0 && bytes.Count > 0; i--)
        {
            var at = chance.Below(bytes.Count);
            switch (chance.Below(6))
            {
                case 0: bytes[at] ^= (byte)(1 << chance.Below(8)); break;
                case 1: bytes[at] = (byte)chance.Below(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + chance.Below(9))); break;
                case 3: bytes.InsertRange(at, s_evil[chance.Below(s_evil.Length)]); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, chance.Below(40)))); break;
                default: Overwrite(bytes, at, s_evil[chance.Below(s_evil.Length)]); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Spoils JSON text: by characters, or by one piece of it in another's place.</summary>
    public static string MutateJson(string text, SplitMix chance)
    {
        for (var i = chance.Below(3); i >= 0 && text.Length > 0; i--)
        {
            var at = chance.Below(text.Length);
            var length = Math.Min(text.Length - at, 1 + chance.Below(12));
            var piece = text[chance.Below(text.Length)..];
            text = chance.Below(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, s_evilText[chance.Below(s_evilText.Length)]),
                2 => text.Insert(at, piece[..Math.Min(piece.Length, 40)]),
                3 => text[..at] + (char)(32 + chance.Below(95)) + text[(at + 1)..],
                _ => Rename(text, chance),
            };
        }

        return text;
    }

    /// <summary>One word of a schema becomes another: still JSON, and often still a schema.</summary>
    static string Rename(string text, SplitMix chance)
    {
        var (from, to) = (s_words[chance.Below(s_words.Length)], s_words[chance.Below(s_words.Length)]);
        return text.Replace(from, to, StringComparison.Ordinal);
    }

    static void Overwrite(List<byte> bytes, int at, byte[] evil)
    {
        for (var i = 0; i < evil.Length && at + i < bytes.Count; i++) bytes[at + i] = evil[i];
    }
}
