using System.Text;

namespace Kafka.Stock.Lakehouse;

/// <summary>Names of a struct's fields, from the type as DuckDB writes it: <c>STRUCT(path VARCHAR, "a b" INTEGER)</c>.</summary>
static class StructFieldNames
{
    const string Start = "STRUCT(";

    /// <summary>The names in order; none where the type is no struct.</summary>
    public static IEnumerable<string> Of(string type)
    {
        if (!type.StartsWith(Start, StringComparison.Ordinal)) yield break;
        var depth = 0;
        var isName = true;
        var name = new StringBuilder();
        for (var i = Start.Length; i < type.Length; i++)
        {
            var one = type[i];
            if (one == '"')
            {
                var end = ClosingQuote(type, i);
                if (isName) name.Append(type[(i + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                i = end;
                continue;
            }

            if (isName && one == ' ' && name.Length > 0)
            {
                yield return name.ToString();
                name.Clear();
                isName = false;
            }
            else if (isName && one != ' ')
            {
                name.Append(one);
            }

            depth += one switch { '(' => 1, ')' => -1, _ => 0 };
            if (one == ',' && depth == 0) isName = true;
        }
    }

    static int ClosingQuote(string type, int open)
    {
        for (var i = open + 1; i < type.Length; i++)
        {
            if (type[i] != '"') continue;
            if (i + 1 == type.Length || type[i + 1] != '"') return i;
            i++;
        }

        return type.Length - 1;
    }
}
