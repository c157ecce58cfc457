namespace Kafka.Stock.Contracts;

/// <summary>Names of Avro: letters, digits and underscores, no digit first; full names are such names with dots between.</summary>
static class AvroName
{
    static readonly string[] s_primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

    /// <summary>The primitive type of a name, if it is one's.</summary>
    public static bool TryPrimitive(string name, out AvroKind kind)
    {
        kind = (AvroKind)Math.Max(0, Array.IndexOf(s_primitives, name));
        return Array.IndexOf(s_primitives, name) >= 0;
    }

    /// <summary>True for one name without dots.</summary>
    public static bool IsSimple(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0])) return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        }

        return true;
    }

    /// <summary>True for names with dots between, or one.</summary>
    public static bool IsFull(ReadOnlySpan<char> name)
    {
        foreach (var part in name.Split('.'))
        {
            if (!IsSimple(name[part])) return false;
        }

        return !name.IsEmpty;
    }

    /// <summary>A name as seen from a namespace: one with dots stands for itself.</summary>
    public static string Resolve(string name, string enclosing) =>
        name.Contains('.') || enclosing.Length == 0 ? name : $"{enclosing}.{name}";

    /// <summary>The namespace of a full name; empty without one.</summary>
    public static string NamespaceOf(string fullName) => fullName.LastIndexOf('.') is var dot && dot < 0 ? "" : fullName[..dot];
}
