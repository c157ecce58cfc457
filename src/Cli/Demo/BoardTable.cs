using System.Globalization;
using Kafka.Stock.Contracts;
using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>The table of the board. It fits any window: columns come in order of importance while there is room, the curve takes the
/// rest.</summary>
static class BoardTable
{
    /// <summary>A column's frame and padding.</summary>
    const int FrameColumns = 3;

    const int CurveMin = 8;
    const int CurveMax = 60;
    const string CurveTitle = "close by bar";
    static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <summary>Columns as shown, left to right, each with its rank of importance.</summary>
    static readonly (string Title, int Rank, Func<SeriesTally, string> Cell)[] s_columns =
    [
        ("last close", 1, LastClose), ("forecast", 0, Forecast), ("90 % interval", 2, Interval),
        ("MASE", 3, Mase), ("coverage", 4, Coverage), ("scores", 5, one => one.Scores.ToString("N0", s_invariant)),
    ];

    /// <summary>Draws the table, at most <paramref name="columns"/> wide where anything is.</summary>
    public static Table Draw(IReadOnlyList<KeyValuePair<SeriesId, SeriesTally>> series, int columns)
    {
        var cells = s_columns.Select(column => series.Select(one => column.Cell(one.Value)).ToArray()).ToArray();
        var room = columns - 1 - FrameColumns - series.Select(one => one.Key.ToString().Length).Append("series".Length).Max();
        var chosen = Choose(cells, ref room);
        var curve = Math.Min(CurveMax, room - FrameColumns);
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey35);
        table.AddColumn(new TableColumn("series").NoWrap());
        if (curve >= CurveMin) table.AddColumn(new TableColumn(curve < CurveTitle.Length ? "closes" : CurveTitle).NoWrap());
        foreach (var i in chosen) table.AddColumn(new TableColumn(s_columns[i].Title).RightAligned().NoWrap());
        for (var row = 0; row < series.Count; row++)
        {
            var line = new List<string> { Name(series[row].Key) };
            if (curve >= CurveMin) line.Add($"[deepskyblue1]{Sparkline.Draw(series[row].Value.Closes, curve)}[/]");
            line.AddRange(chosen.Select(i => cells[i][row]));
            table.AddRow([.. line]);
        }

        return table;
    }

    /// <summary>The columns that fit, in the order in which they are shown; the least important if a curve fits beside it.</summary>
    static List<int> Choose(string[][] cells, ref int room)
    {
        var chosen = new List<int>();
        foreach (var i in Enumerable.Range(0, s_columns.Length).OrderBy(i => s_columns[i].Rank))
        {
            var width = FrameColumns + cells[i].Select(cell => Markup.Remove(cell).Length).Append(s_columns[i].Title.Length).Max();
            var keep = s_columns[i].Rank == s_columns.Length - 1 ? CurveMin + FrameColumns : 0;
            if (width + keep > room) continue;
            room -= width;
            chosen.Add(i);
        }

        chosen.Sort();
        return chosen;
    }

    static string Name(SeriesId series) =>
        $"[bold]{series.Symbol.EscapeMarkup()}[/][grey]/{series.Interval.EscapeMarkup()}/{series.Source.EscapeMarkup()}[/]";

    static string LastClose(SeriesTally one) => Price(one.LastClose);

    static string Forecast(SeriesTally one)
    {
        if (one.Forecasts == 0) return "[grey]warming up[/]";
        var change = (one.PredictedClose / one.LastClose) - 1;
        var colour = change >= 0 ? "green" : "red";
        return $"{Price(one.PredictedClose)} [{colour}]{change.ToString("+0.000 %;-0.000 %;0.000 %", s_invariant),9}[/]";
    }

    static string Interval(SeriesTally one)
    {
        if (one.Forecasts == 0) return "";
        return one.Interval is ({ } lower, { } upper) ? $"{Price(lower)} – {Price(upper)}" : "unbounded";
    }

    static string Mase(SeriesTally one) =>
        one.RollingMase is { } mase ? $"[{(mase <= 1 ? "green" : "yellow")}]{mase.ToString("F4", s_invariant)}[/]" : "";

    static string Coverage(SeriesTally one) => one.RollingCoverage is { } coverage
        ? $"[{(Math.Abs(coverage - 0.9) <= 0.04 ? "green" : "yellow")}]{coverage.ToString("P1", s_invariant)}[/]"
        : "";

    static string Price(double value) => value.ToString(value < 10 ? "F4" : "F2", s_invariant);
}
