using System.Globalization;
using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>What a run came to: one row a series, and what to try next.</summary>
static class RunSummary
{
    public static void Write(IAnsiConsole console, StreamTally tally, double seconds, string attribution)
    {
        lock (tally.Gate)
        {
            console.WriteLine();
            console.Write(Table(tally));
            console.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Ticks:N0} ticks, {tally.Forecasts:N0} forecasts, {tally.Scores:N0} scores, "
                    + $"{tally.DeadLetters:N0} dead letters in {seconds:F1} s"));
            if (tally.LastDecision is { } decision) console.WriteLine(DecisionLine.Of(decision, tally));
        }

        console.MarkupLine(
            "[grey]MASE below 1 beats \"no change\"; prices are near a random walk, so expect about 1. "
            + "The interval promises 90 %.[/]");
        if (attribution.Length > 0) console.WriteLine(attribution);
        console.WriteLine();
        console.WriteLine("Try next:");
        console.WriteLine(
            "  ./kstock demo --keep                                        "
            + "keep the broker up, and from another terminal:");
        console.WriteLine(
            "  ./kstock consume forecasts --bootstrap 127.0.0.1:PORT       "
            + "read the forecasts (the port is in the first line)");
        console.WriteLine(
            "  ./kstock validate FILE.csv && ./kstock demo --data FOLDER   "
            + "your own prices");
        console.WriteLine();
    }

    static Table Table(StreamTally tally)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey35);
        table.AddColumn("series");
        string[] numbers = ["bars", "scores", "last close", "forecast", "90 % interval", "MASE", "coverage"];
        foreach (var name in numbers) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var (series, one) in tally.Series)
        {
            var interval = one switch
            {
                { Forecasts: 0 } => "",
                { Interval: ({ } lower, { } upper) } => $"{Number(lower, "F4")} – {Number(upper, "F4")}",
                _ => "unbounded",
            };
            table.AddRow(
                series.ToString().EscapeMarkup(), Number(one.Bars, "N0"), Number(one.Scores, "N0"), Number(one.LastClose, "F4"),
                one.Forecasts == 0 ? "warming up" : Number(one.PredictedClose, "F4"), interval,
                one.Mase is { } mase ? Number(mase, "F4") : "", one.Coverage is { } coverage ? Number(coverage, "P1") : "");
        }

        return table;
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
