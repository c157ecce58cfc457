using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>Reads the lines of <c>corporate-actions.csv</c>: date, symbol, kind, numerator, denominator, amount, close.</summary>
/// <remarks>
/// A split gives numerator new shares for denominator old ones. A dividend gives its amount in dollars a share and the last close
/// before its day, because (close - amount) / close is what makes earlier prices comparable. Fields of the other kind stay empty.
/// Lines may come in any order: the file is small and is sorted by who reads it.
/// </remarks>
public static class CorporateActionParser
{
    /// <summary>Ratio of a split: from 1/10,000 to 10,000, far beyond any that there was.</summary>
    const double MaxRatio = 10_000;

    /// <summary>Reads a line without its line end.</summary>
    /// <param name="format">Layout of the file, of kind <see cref="FileKind.CorporateActions"/>.</param>
    /// <param name="line">The line.</param>
    /// <param name="value">What it says, when nothing is wrong.</param>
    /// <param name="defect">What is wrong with it.</param>
    public static bool TryParse(FileFormat format, ReadOnlySpan<byte> line, out CorporateActionLine value, out Defect defect)
    {
        value = default;
        if (line.Length > LineParser.MaxLineBytes)
        {
            return No($"a line of more than {LineParser.MaxLineBytes} bytes", $"at most {LineParser.MaxLineBytes}", out defect);
        }

        Span<Range> fields = stackalloc Range[CsvFields.MaxCount];
        var count = CsvFields.Split(line, fields);
        if (count != format.Columns.Count)
        {
            return No($"{count} fields in {FieldText.Quoted(line)}", $"{format.Columns.Count} fields, as in the header", out defect);
        }

        var at = format.ValueFields;
        var day = line[fields[format.TimeField]];
        if (!FieldParser.TryDay(day, out var date)) return No($"date {FieldText.Quoted(day)}", "a day as 2014-06-09", out defect);
        var name = line[fields[at[0]]];
        if (!SymbolRule.TryParse(Encoding.UTF8.GetString(name), out var symbol))
        {
            return No($"symbol {FieldText.Quoted(name)}", SymbolRule.Expected, out defect);
        }

        var kind = Encoding.UTF8.GetString(line[fields[at[1]]]).ToLowerInvariant();
        return kind switch
        {
            "split" => TrySplit(line[fields[at[2]]], line[fields[at[3]]], date, symbol, out value, out defect),
            "dividend" => TryDividend(line[fields[at[4]]], line[fields[at[5]]], date, symbol, out value, out defect),
            _ => No($"kind '{FieldText.Shown(kind)}'", "split or dividend", out defect),
        };
    }

    static bool TrySplit(
        ReadOnlySpan<byte> numerator, ReadOnlySpan<byte> denominator, DateOnly day, string symbol,
        out CorporateActionLine value, out Defect defect)
    {
        value = default;
        if (!FieldParser.TryPrice(numerator, out var after) || !FieldParser.TryPrice(denominator, out var before)
            || !(after.ToDouble() / before.ToDouble() is >= 1 / MaxRatio and <= MaxRatio))
        {
            return No(
                $"split of {FieldText.Quoted(numerator)} for {FieldText.Quoted(denominator)}",
                $"numbers above 0 with a ratio of at most {MaxRatio}: 7 for 1, or 1 for 20", out defect);
        }

        value = new CorporateActionLine(
            day, symbol, CorporateActionKind.Split, before.ToDouble() / after.ToDouble(), after.ToDouble() / before.ToDouble());
        defect = default;
        return true;
    }

    static bool TryDividend(
        ReadOnlySpan<byte> amount, ReadOnlySpan<byte> close, DateOnly day, string symbol,
        out CorporateActionLine value, out Defect defect)
    {
        value = default;
        if (!FieldParser.TryPrice(amount, out var paid) || !FieldParser.TryPrice(close, out var last) || paid.Micros >= last.Micros)
        {
            return No(
                $"dividend of {FieldText.Quoted(amount)} on a close of {FieldText.Quoted(close)}",
                "an amount above 0 in dollars a share, and the larger close of the session before", out defect);
        }

        value = new CorporateActionLine(
            day, symbol, CorporateActionKind.Dividend, (last.Micros - paid.Micros) / (double)last.Micros, 1);
        defect = default;
        return true;
    }

    static bool No(string found, string expected, out Defect defect)
    {
        defect = new Defect(found, expected);
        return false;
    }
}
