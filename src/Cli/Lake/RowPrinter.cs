using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Writes the rows of a SELECT while they come: memory for a chunk, not for all.</summary>
static class RowPrinter
{
    const int WidthMax = 60;

    /// <summary>Writes them.</summary>
    /// <param name="connection">One that only reads.</param>
    /// <param name="sql">A SELECT.</param>
    /// <param name="format">How.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task WriteAsync(
        DuckConnection connection, string sql, RowFormat format, TextWriter output, CancellationToken cancellation)
    {
        var select = sql.TrimEnd().TrimEnd(';');
        var texts = format == RowFormat.Json
            ? $"SELECT to_json(one)::VARCHAR AS one FROM ({select}\n) AS one"
            : $"SELECT COLUMNS(*)::VARCHAR FROM ({select}\n)";
        using var rows = Begin(connection, texts, select, cancellation);
        var names = rows.Columns.Select(column => column.Name).ToArray();
        if (format == RowFormat.Csv) await output.WriteLineAsync(string.Join(',', names.Select(Csv)));
        int[]? widths = null;
        while (rows.Read())
        {
            if (format == RowFormat.Table && widths is null)
            {
                widths = Widths(rows, names);
                await output.WriteLineAsync(Line(names, widths));
                await output.WriteLineAsync(string.Join("  ", widths.Select(width => new string('-', width))));
            }

            await output.WriteAsync(Chunk(rows, format, widths));
        }

        if (format == RowFormat.Table && widths is null) await output.WriteLineAsync(string.Join("  ", names));
        await output.FlushAsync(cancellation);
    }

    static DuckResult Begin(DuckConnection connection, string texts, string select, CancellationToken cancellation)
    {
        try
        {
            return connection.Query(texts, cancellation);
        }
        catch (ConfigurationException)
        {
            // The statement as it was typed says what is wrong with it, or is refused because it is no SELECT.
            connection.Query(select, cancellation).Dispose();
            throw;
        }
    }

    static string Chunk(DuckResult rows, RowFormat format, int[]? widths)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows.RowCount; row++)
        {
            var cells = new string?[rows.Columns.Count];
            for (var i = 0; i < cells.Length; i++) cells[i] = rows[i].Text(row);
            text.AppendLine(format switch
            {
                RowFormat.Json => cells[0],
                RowFormat.Csv => string.Join(',', cells.Select(Csv)),
                _ => Line(cells, widths!),
            });
        }

        return text.ToString();
    }

    static int[] Widths(DuckResult rows, string[] names)
    {
        var widths = new int[names.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = names[i].Length;
            for (var row = 0; row < rows.RowCount; row++) widths[i] = Math.Max(widths[i], (rows[i].Text(row) ?? "null").Length);
            widths[i] = Math.Min(widths[i], WidthMax);
        }

        return widths;
    }

    static string Line(string?[] cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => (cell ?? "null").PadRight(widths[i]))).TrimEnd();

    /// <summary>Null is nothing, and an empty text two quotes.</summary>
    static string Csv(string? cell)
    {
        if (cell is null) return "";
        var needsQuotes = cell.Length == 0 || cell.AsSpan().ContainsAny(",\"\r\n");
        return needsQuotes ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
