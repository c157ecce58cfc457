using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Kafka.Stock.Cli;

/// <summary>The live picture of a run: progress, then one row a series. A pure function of what was seen and of the window.</summary>
static class BoardView
{
    /// <summary>Lines around the rows of series: header, frame, caption, counts, broker, attribution, and one to spare.</summary>
    const int LinesAround = 12;

    static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <summary>Draws the board.</summary>
    /// <param name="tally">What has been seen; its gate is taken.</param>
    /// <param name="progress">How far the run is.</param>
    /// <param name="broker">Address that others can read from.</param>
    /// <param name="attribution">Line of the data's owner, shown wherever the data is; empty for none.</param>
    /// <param name="columns">Width of the window; what doesn't fit, least important first, is left out.</param>
    /// <param name="lines">Height of the window.</param>
    public static IRenderable Draw(
        StreamTally tally, RunProgress progress, string broker, string attribution, int columns = 120, int lines = 40)
    {
        lock (tally.Gate)
        {
            var around = LinesAround + (tally.LastDecision is null ? 0 : 1);
            var shown = tally.Series.Take(Math.Max(1, lines - around)).ToList();
            var rows = new List<IRenderable> { Header(progress, columns), BoardTable.Draw(shown, columns) };
            if (shown.Count < tally.Series.Count) rows.Add(Grey($"and {tally.Series.Count - shown.Count} more series"));
            rows.Add(Grey("Last 250 scores. MASE below 1 beats \"no change\"; prices are near a random walk, so expect about 1."));
            rows.Add(Counts(tally, columns));
            if (tally.LastDecision is { } decision) rows.Add(Grey(DecisionLine.Of(decision, tally)));
            rows.Add(Grey($"broker {broker}"));
            if (attribution.Length > 0) rows.Add(Grey(attribution));
            return new Rows(rows);
        }
    }

    static Markup Header(RunProgress progress, int columns)
    {
        const int textColumns = 75;
        var bar = Math.Clamp(columns - textColumns, 10, 70);
        var filled = (int)Math.Round(Math.Clamp(progress.Done, 0, 1) * bar);
        var left = progress.Left is { } time ? time.ToString(@"m\:ss", s_invariant) : "-:--";
        var at = progress.EventTimeUs > 0 ? Time(progress.EventTimeUs) : "";
        return new Markup(
            $"[bold]Kafka.Stock[/]  [green]{new string('━', filled)}[/][grey35]{new string('━', bar - filled)}[/] "
            + $"[bold]{progress.Done.ToString("P0", s_invariant)}[/]  {progress.Rate.ToString("N0", s_invariant)} records/s  "
            + $"left {left}  [aqua]{at}[/]");
    }

    static Markup Counts(StreamTally tally, int columns)
    {
        const int columnsForAll = 112;
        var intervals = tally.BarsByInterval().Select(entry => string.Create(s_invariant, $"{entry.Bars:N0} of {entry.Interval}"));
        var bars = string.Join(", ", intervals);
        var dead = tally.DeadLetters == 0 ? "[green]0[/]" : $"[red]{tally.DeadLetters}[/]";
        var batches = columns < columnsForAll ? "" : string.Create(s_invariant, $"micro-batches [bold]{tally.MicroBatches:N0}[/]  ");
        return new Markup(
            string.Create(s_invariant, $"ticks [bold]{tally.Ticks:N0}[/]  bars [bold]{bars}[/]  {batches}")
            + string.Create(s_invariant, $"forecasts [bold]{tally.Forecasts:N0}[/]  scores [bold]{tally.Scores:N0}[/]  ")
            + $"dead letters {dead}");
    }

    static Markup Grey(string text) => new($"[grey]{text.EscapeMarkup()}[/]");

    static string Time(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd HH:mm", s_invariant) + " UTC";
}
