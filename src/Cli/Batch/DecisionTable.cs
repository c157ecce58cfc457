using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>Decisions of retrains for a person, or as JSON lines for a program.</summary>
static class DecisionTable
{
    /// <summary>Characters of a model's id that are shown: enough to name it by.</summary>
    const int IdShown = 12;

    const int ModelsShown = 3;

    public static void Write(IReadOnlyList<RetrainDecision> decisions, bool json)
    {
        if (json)
        {
            foreach (var decision in decisions) Console.Out.WriteLine(DecisionText.ToJson(decision));
            return;
        }

        Write(Terminal.Open(), decisions);
    }

    /// <summary>One row a decision.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<RetrainDecision> decisions)
    {
        if (decisions.Count == 0)
        {
            console.WriteLine("no decisions");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey35);
        string[] words = ["rows until", "interval", "trigger", "decision", "gate"];
        foreach (var name in words) table.AddColumn(name);
        string[] numbers = ["series", "days", "candidate", "champion", "no change", "vs champion <", "vs no change <", "margin"];
        foreach (var name in numbers) table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("models");
        foreach (var one in decisions)
        {
            table.AddRow(
                Time(one.DecidedAtUs), one.Interval.EscapeMarkup(), one.Trigger.EscapeMarkup(),
                one.Promoted ? "promoted" : "kept champions", one.Gate.EscapeMarkup(), Whole(one.Series), Whole(one.Days),
                Loss(one.CandidateLoss), Loss(one.ChampionLoss), Loss(one.NaiveLoss), Loss(one.VersusChampionUpper),
                Loss(one.VersusNaiveUpper), Loss(one.Margin), Models(one));
        }

        console.Write(table);
        foreach (var one in decisions) console.WriteLine($"{Time(one.DecidedAtUs)} {one.Interval}: {one.Reason}");
    }

    static string Models(RetrainDecision decision)
    {
        var shown = decision.Models.Take(ModelsShown).Select(model => $"{model.Symbol} {model.ModelId[..IdShown]}").ToList();
        if (decision.Models.Count > ModelsShown)
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"and {decision.Models.Count - ModelsShown} more"));
        return string.Join(", ", shown).EscapeMarkup();
    }

    static string Loss(double? loss) => loss?.ToString("F4", CultureInfo.InvariantCulture) ?? "";

    static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Time(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
