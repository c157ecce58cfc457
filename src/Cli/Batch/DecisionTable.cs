using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;
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
        string[] numbers =
            ["series", "days", "candidate", "champion", "no change", "vs champion <", "vs no change <", "margin", "e-values"];
        foreach (var name in numbers) table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("models");
        foreach (var one in decisions)
        {
            table.AddRow(
                Time(one.DecidedAtUs), one.Interval.EscapeMarkup(), one.Trigger.EscapeMarkup(),
                one.Promoted ? "promoted" : "kept champions", one.Gate.EscapeMarkup(), Whole(one.Series), Whole(one.Days),
                Loss(one.CandidateLoss), Loss(one.ChampionLoss), Loss(one.NaiveLoss), Loss(one.VersusChampionUpper),
                Loss(one.VersusNaiveUpper), Loss(one.Margin),
                one.Evidence.Where(evidence => evidence.Strategy == Strategies.Served).Select(InShort).FirstOrDefault(""), Models(one));
        }

        console.Write(table);
        foreach (var one in decisions)
        {
            console.WriteLine($"{Time(one.DecidedAtUs)} {one.Interval}: {one.Reason}");
            foreach (var check in one.Checks) console.WriteLine($"  {InWords(check)}");
        }

        // Wealth goes on from decision to decision: the last says all.
        foreach (var last in decisions.Where(one => one.Evidence.Count > 0).GroupBy(one => one.Interval).Select(group => group.Last()))
            WriteEvidence(console, last);
    }

    static void WriteEvidence(IAnsiConsole console, RetrainDecision decision)
    {
        console.WriteLine();
        console.WriteLine(
            $"{Time(decision.DecidedAtUs)} {decision.Interval}: how sure one may be, e-values against no change / online; 20 is evidence");
        foreach (var one in decision.Evidence)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {one.Strategy,-10} {InShort(one),-22} {one.Rows:N0} scores of {one.Days:N0} days"));
        }
    }

    static string InShort(StrategyEvidence evidence) => $"{Wealth(evidence.ENaive)} / {Wealth(evidence.EOnline)}";

    static string InWords(GateCheck check)
    {
        var left = check.Bad - check.Named.Count;
        var more = left > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {left:N0} more") : "";
        var counted = string.Create(CultureInfo.InvariantCulture, $"{check.Bad:N0} of {check.Rows:N0} rows");
        return $"{check.Check} {check.Status}: {counted}{(check.Named.Count > 0 ? ": " : "")}{string.Join("; ", check.Named)}{more}";
    }

    static string Wealth(double? wealth) => wealth?.ToString("G3", CultureInfo.InvariantCulture) ?? "-";

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
