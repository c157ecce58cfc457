using System.Globalization;
using Kafka.Stock.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Kafka.Stock.Cli;

/// <summary>The live picture of a run: progress, then one row a series. A pure function of what has been seen.</summary>
static class BoardView
{
    const int SparkWidth = 24;
    static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <summary>Draws the board.</summary>
    /// <param name="tally">What has been seen; its gate is taken.</param>
    /// <param name="progress">How far the run is.</param>
    /// <param name="broker">Address that others can read from.</param>
    /// <param name="attribution">Line of the data's owner, shown wherever the data is; empty for none.</param>
    public static IRenderable Draw(StreamTally tally, RunProgress progress, string broker, string attribution)
    {
        lock (tally.Gate)
        {
            var rows = new List<IRenderable> { Header(progress, broker), Table(tally), Counts(tally) };
            if (attribution.Length > 0) rows.Add(new Markup($"[grey]{attribution.EscapeMarkup()}[/]"));
            return new Rows(rows);
        }
    }

    static Markup Header(RunProgress progress, string broker)
    {
        const int barWidth = 40;
        var filled = (int)Math.Round(Math.Clamp(progress.Done, 0, 1) * barWidth);
        var left = progress.Left is { } time ? time.ToString(@"m\:ss", s_invariant) : "-:--";
        var at = progress.EventTimeUs > 0 ? Time(progress.EventTimeUs) : "";
        return new Markup(
            $"[bold]Kafka.Stock[/]  [green]{new string('━', filled)}[/][grey35]{new string('━', barWidth - filled)}[/] "
            + $"[bold]{progress.Done.ToString("P0", s_invariant)}[/]  {progress.Rate.ToString("N0", s_invariant)} records/s  "
            + $"left {left}  [aqua]{at}[/]  [grey]broker {broker.EscapeMarkup()}[/]");
    }

    static Table Table(StreamTally tally)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey35);
        table.AddColumn("series");
        table.AddColumn("close by bar");
        foreach (var name in (string[])["last close", "forecast", "90 % interval", "MASE", "coverage", "scores"]) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var (series, one) in tally.Series) table.AddRow([.. Cells(series, one).Select(cell => new Markup(cell))]);
        table.Caption("[grey]MASE and coverage of the last 250 scores; MASE below 1 beats \"no change\"[/]");
        return table;
    }

    static IEnumerable<string> Cells(SeriesId series, SeriesTally one)
    {
        yield return $"[bold]{series.Symbol.EscapeMarkup()}[/][grey]/{series.Interval}/{series.Source.EscapeMarkup()}[/]";
        yield return $"[deepskyblue1]{Sparkline.Draw(one.Closes, SparkWidth)}[/]";
        yield return Price(one.LastClose);
        yield return one.Forecasts > 0 ? Forecast(one) : "[grey]warming up[/]";
        yield return one.Forecasts == 0 ? "" : one.Interval is ({ } lower, { } upper) ? $"{Price(lower)} – {Price(upper)}" : "unbounded";
        yield return one.RollingMase is { } mase ? $"[{(mase <= 1 ? "green" : "yellow")}]{mase.ToString("F4", s_invariant)}[/]" : "";
        yield return one.RollingCoverage is { } coverage
            ? $"[{(Math.Abs(coverage - 0.9) <= 0.04 ? "green" : "yellow")}]{coverage.ToString("P1", s_invariant)}[/]"
            : "";
        yield return one.Scores.ToString("N0", s_invariant);
    }

    static string Forecast(SeriesTally one)
    {
        var change = (one.PredictedClose / one.LastClose) - 1;
        var colour = change >= 0 ? "green" : "red";
        return $"{Price(one.PredictedClose)} [{colour}]{change.ToString("+0.000 %;-0.000 %", s_invariant)}[/]";
    }

    static Markup Counts(StreamTally tally)
    {
        var bars = string.Join(", ", tally.BarsByInterval().Select(entry => string.Create(s_invariant, $"{entry.Bars:N0} of {entry.Interval}")));
        var dead = tally.DeadLetters == 0 ? "[green]0[/]" : $"[red]{tally.DeadLetters}[/]";
        return new Markup(string.Create(
            s_invariant,
            $"ticks [bold]{tally.Ticks:N0}[/]  bars [bold]{bars}[/]  micro-batches [bold]{tally.MicroBatches:N0}[/]  forecasts [bold]{tally.Forecasts:N0}[/]  scores [bold]{tally.Scores:N0}[/]  dead letters ") + dead);
    }

    static string Price(double value) => value.ToString(value < 10 ? "F4" : "F2", s_invariant);

    static string Time(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd HH:mm", s_invariant) + " UTC";
}
