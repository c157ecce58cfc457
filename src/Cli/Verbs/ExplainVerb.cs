using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock explain</c>: everything that led to one forecast.</summary>
static class ExplainVerb
{
    const int PromotionsShown = 12;

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Build()
    {
        var what = new Argument<string>("series@time")
        {
            Description = "The series, and the trading day or time (UTC) at which the forecast was made: AAPL/1d/csv@2010-05-06.",
        };
        var folders = InputFolders.Option();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verb = Verb.Create(
            "explain",
            """
            Folds the log up to one forecast and shows what led to it: features, rows, weights, intervals, models, hashes of the states.
            With --bootstrap from the topics of a broker, else by simulating files.

            Examples:
              kstock explain AAPL/1d/csv@2010-05-06
              kstock explain AAPL/1d/csv@2010-05-06 --json --bootstrap HOST:9092
            """,
            [
                .. SettingTable.Client, .. SettingTable.Simulating, SettingTable.Symbols, SettingTable.Source,
                .. SettingTable.TopologyFold, .. SettingTable.TrainerFold,
            ],
            async (context, cancellation) =>
            {
                var (series, time) = Parse(context, context.Parse.GetValue(what)!);
                var typed = context.Parse.GetValue(folders) ?? [];
                var isReplay = context.Values.TextOrNull(SettingTable.Bootstrap) is not null;
                if (isReplay && typed.Length > 0) context.Problem("--bootstrap: found --from-files beside it; expected one of them");
                SimulationSettings.Check(context);
                context.ThrowIfProblems();
                var run = new ExplainRun(context.Values, series, time);
                var explanation = isReplay
                    ? await Task.Run(() => run.OfTopics(cancellation), cancellation)
                    : await run.OfFilesAsync(typed, cancellation);
                await Console.Out.WriteLineAsync(
                    context.Parse.GetValue(json) ? JsonSerializer.Serialize(explanation, s_json) : InWords(explanation));
                return ExitCode.Done;
            });
        verb.Add(what);
        verb.Add(folders);
        verb.Add(json);
        return verb;
    }

    static (SeriesId Series, string Time) Parse(VerbContext context, string text)
    {
        var at = text.LastIndexOf('@');
        var series = default(SeriesId);
        var isSound = at > 0 && SeriesId.TryParse(text[..at], out series) && ExplainRun.IsTime(text[(at + 1)..]);
        if (!isSound) context.Problem($"series@time: found {text}; expected for example AAPL/1d/csv@2010-05-06 or …@2010-05-06T20:00:00Z");
        return (series, isSound ? text[(at + 1)..] : "");
    }

    static string InWords(Explanation it)
    {
        var text = new StringBuilder();
        Line($"{it.Series}, made at {it.MadeAt:yyyy-MM-dd HH:mm:ss} UTC for {it.TargetTime:yyyy-MM-dd HH:mm:ss} UTC");
        Line($"  last close {it.LastClose:0.######}, scale {it.Scale:0.######}; bar {it.Bars} of the series, {it.Scores} forecasts scored");
        Line($"  drift {it.Drift}, {it.Alarms} alarms so far; regret {it.Regret:0.####}, bound {it.RegretBound:0.####}");
        Line($"Strategies (served: {it.Served})");
        foreach (var one in it.Strategies)
        {
            var model = one.ModelId.Length > 0 ? $"model {one.ModelId[..12]}+{one.Steps.ToString(CultureInfo.InvariantCulture)}" : "";
            Part($"  {one.Strategy,-10} {one.PredictedClose,12:0.####} ({100 * one.PredictedReturn,8:0.0000} %)");
            if (one.Strategy != it.Served) Part($"  weight {one.Weight:0.0000}");
            Line($"{(model.Length > 0 ? "  " : "")}{model}");
        }

        Line($"Intervals of {it.Served}");
        foreach (var one in it.Strategies.Single(strategy => strategy.Strategy == it.Served).Intervals)
        {
            Part($"  {100 * one.Level,3:0.#} %  [{one.Lower:0.####}, {one.Upper:0.####}] {one.Kind}; ");
            Part($"aims at {100 * one.Alpha:0.00} % misses by {one.Scores} scores; ");
            Line($"covered {100 * one.Coverage:0.0} % so far, within {100 * one.CoverageBound:0.0} % of its level by theorem");
        }

        Line($"Features by {it.Pipeline}");
        foreach (var one in it.Features) Line($"  {one.Name,-24} {one.Value,12:0.######}");
        Line($"Rows of the step before it");
        foreach (var one in it.Rows)
        {
            Part($"  {one.BarEnd:yyyy-MM-dd HH:mm} to {one.TargetEnd:yyyy-MM-dd HH:mm}  {one.Close:0.####} to {one.TargetClose:0.####} ");
            Line($"({100 * one.TargetReturn:0.000} %){(one.IsNewest ? "  newest" : "")}");
        }

        var shown = Math.Min(it.Promotions.Count, PromotionsShown);
        var before = it.Promotions.Count - shown;
        Line($"Promotions so far: {it.Promotions.Count}{(before > 0 ? $", the last {shown} of them; --json has all" : "")}");
        foreach (var one in it.Promotions.TakeLast(shown))
        {
            Part($"  {one.ModelId[..12]} trained until {one.TrainedUntil:yyyy-MM-dd}, from {one.EffectiveFrom:yyyy-MM-dd HH:mm} on");
            Line($"{(one.IsInitial ? ", from before the stream" : "")}");
        }

        Line($"State of the Topology  sha256 {it.TopologyStateSha256}");
        text.Append(CultureInfo.InvariantCulture, $"State of the Trainer   sha256 {it.TrainerStateSha256}");
        return text.ToString();

        void Line(FormattableString line)
        {
            Part(line);
            text.Append('\n');
        }

        void Part(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
    }
}
