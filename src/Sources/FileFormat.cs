using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kafka.Stock.Sources;

/// <summary>The layout of a file as its header line gives it: what it holds and where each column is. Columns may come in any
/// order.</summary>
public sealed class FileFormat
{
    /// <summary>Headers in words, one a kind, for messages and documents.</summary>
    public const string ExpectedAny =
        "dt or Date, open, high, low, close, volume (daily bars); " +
        "ts_ms_utc or ts_ns_utc, open, high, low, close, volume (intraday bars); " +
        "or ts_ms_utc or ts_ns_utc, price, size (trades)";

    internal const int Absent = -1;

    static readonly string[] s_dayNames = ["dt", "date"];
    static readonly string[] s_timeNames = ["ts_ms_utc", "ts_ns_utc"];
    static readonly string[] s_barNames = ["open", "high", "low", "close", "volume"];
    static readonly string[] s_tradeNames = ["price", "size"];
    static readonly string[] s_actionNames = ["symbol", "kind", "numerator", "denominator", "amount", "close"];

    readonly int[] _values;

    FileFormat(FileKind kind, string[] columns, int timeField, int symbolField, int[] values)
    {
        Kind = kind;
        Columns = columns;
        TimeField = timeField;
        SymbolField = symbolField;
        _values = values;
    }

    /// <summary>What the file holds.</summary>
    public FileKind Kind { get; }

    /// <summary>All columns in lower case, in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>True when each line names its symbol.</summary>
    public bool HasSymbolColumn => SymbolField != Absent;

    /// <summary>True when times are in nanoseconds, not milliseconds.</summary>
    internal bool IsNanoseconds => Columns[TimeField] == "ts_ns_utc";

    internal int TimeField { get; }

    internal int SymbolField { get; }

    /// <summary>Open, high, low, close, volume; or price, size; or the columns of a corporate action.</summary>
    internal ReadOnlySpan<int> ValueFields => _values;

    /// <summary>Reads a header line, with or without a byte order mark.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> header, [NotNullWhen(true)] out FileFormat? format, out Defect defect)
    {
        format = null;
        if (header.StartsWith(Encoding.UTF8.Preamble)) header = header[Encoding.UTF8.Preamble.Length..];
        if (header.Length > LineParser.MaxLineBytes)
        {
            defect = new Defect($"a header of more than {LineParser.MaxLineBytes} bytes", ExpectedAny);
            return false;
        }

        var columns = ColumnsOf(header);
        if (columns.Length is 0 or > CsvFields.MaxCount)
        {
            defect = new Defect($"a header of {columns.Length} columns", $"1 to {CsvFields.MaxCount} columns");
            return false;
        }

        return TryRecognise(columns, out format, out defect);
    }

    static string[] ColumnsOf(ReadOnlySpan<byte> header)
    {
        Span<Range> fields = stackalloc Range[CsvFields.MaxCount];
        var columns = new string[CsvFields.Split(header, fields)];
        for (var i = 0; i < Math.Min(columns.Length, fields.Length); i++)
        {
            columns[i] = Encoding.UTF8.GetString(header[fields[i]]).ToLowerInvariant();
        }

        return columns;
    }

    static bool TryRecognise(string[] columns, out FileFormat? format, out Defect defect)
    {
        var hasDay = columns.Any(s_dayNames.Contains);
        var hasTime = columns.Any(s_timeNames.Contains);
        format = null;
        if (!hasDay && !hasTime)
        {
            defect = new Defect($"no column of time among {Listed(columns)}", ExpectedAny);
            return false;
        }

        if (!hasDay && !columns.Any(s_barNames.Contains) && !columns.Any(s_tradeNames.Contains))
        {
            defect = new Defect($"neither columns of bars nor of trades among {Listed(columns)}", ExpectedAny);
            return false;
        }

        if (hasDay) return columns.Contains("kind")
            ? TryBuild(FileKind.CorporateActions, columns, s_dayNames, s_actionNames, out format, out defect)
            : TryBuild(FileKind.DailyBars, columns, s_dayNames, s_barNames, out format, out defect);
        return columns.Contains("price")
            ? TryBuild(FileKind.Trades, columns, s_timeNames, s_tradeNames, out format, out defect)
            : TryBuild(FileKind.IntradayBars, columns, s_timeNames, s_barNames, out format, out defect);
    }

    static bool TryBuild(FileKind kind, string[] columns, string[] times, string[] values, out FileFormat? format, out Defect defect)
    {
        format = null;
        var expected = $"{string.Join(" or ", times)}, {string.Join(", ", values)}, each once";
        var missing = Array.FindAll(values, value => !columns.Contains(value));
        if (missing.Length > 0)
        {
            defect = new Defect($"no column {string.Join(", ", missing)} among {Listed(columns)}", expected);
            return false;
        }

        var twice = Array.Find(columns, column =>
            (times.Contains(column) || values.Contains(column) || column == "symbol") && columns.Count(other => other == column) > 1);
        if (twice is not null || columns.Count(times.Contains) > 1)
        {
            defect = new Defect($"column {twice ?? "of time"} twice among {Listed(columns)}", expected);
            return false;
        }

        defect = default;
        format = new FileFormat(
            kind, columns, Array.FindIndex(columns, times.Contains), Array.IndexOf(columns, "symbol"),
            [.. values.Select(value => Array.IndexOf(columns, value))]);
        return true;
    }

    static string Listed(string[] columns) => FieldText.Shown(string.Join(",", columns));
}
