using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary><c>kstock batch</c> as a user runs it, on the topics of a demo that goes on serving.</summary>
public sealed class BatchVerbTests
{
    const int Bars = 700;

    [Fact]
    public async Task Retrain_history_and_rollback_on_the_topics_of_a_running_broker()
    {
        using var scratch = new Scratch();
        WriteBars(scratch, "AAPL.csv", "IBM.csv");
        await using var demo = await KeptDemo.OfAsync(scratch.Folder, "--retrain", "never");
        string[] there = ["--bootstrap", demo.Bootstrap, "--models", scratch.PathTo("models")];
        var retrain = (await Kstock.RunAsync(["batch", "retrain", "--json", .. there])).Expect(0);
        var decision = JsonNode.Parse(retrain.LastLine)!;
        Assert.Equal(("1d", "month", 63), (Text(decision, "interval"), Text(decision, "trigger"), decision["days"]!.GetValue<int>()));
        Assert.Equal("passed", Text(decision, "gate"));
        Assert.Contains("kstock: 2 of 2 series trained", retrain.Error, StringComparison.Ordinal);

        // The same log, the same decision: the instant is the last bar's, not the clock's.
        Assert.Equal(retrain.LastLine, (await Kstock.RunAsync(["batch", "retrain", "--json", .. there])).Expect(0).LastLine);

        var train = JsonNode.Parse((await Kstock.RunAsync(["batch", "train", "--json", .. there])).Expect(0).LastLine)!;
        var model = Text(train["models"]![1]!, "model_id");
        Assert.Equal(("initial", true), (Text(train, "trigger"), train["promoted"]!.GetValue<bool>()));

        var back = (await Kstock.RunAsync(["batch", "rollback", model[..12], "--json", .. there])).Expect(0);
        Assert.Equal("rollback", Text(JsonNode.Parse(back.LastLine)!, "trigger"));
        var history = (await Kstock.RunAsync("batch", "history", "--json", "--models", scratch.PathTo("models"))).Expect(0);
        Assert.Equal(
            ["initial", "month", "rollback"],
            history.Output.TrimEnd('\n').Split('\n').Select(line => Text(JsonNode.Parse(line)!, "trigger")).Order());
        var table = (await Kstock.RunAsync("batch", "history", "--models", scratch.PathTo("models"))).Expect(0);
        Assert.Contains(model[..12], table.Output, StringComparison.Ordinal);

        var shown = (await demo.ConsumeAsync("decisions", "--json")).Expect(0);
        Assert.Equal(4, shown.Output.TrimEnd('\n').Split('\n').Length);
        var unknown = (await Kstock.RunAsync(["batch", "rollback", "0123456789", .. there])).Expect(2);
        Assert.Contains("found no model 0123456789", unknown.Error, StringComparison.Ordinal);

        File.WriteAllText(scratch.PathTo("models/retrain-lease.txt"), "process 1 on another machine");
        var refused = (await Kstock.RunAsync(["batch", "retrain", .. there])).Expect(3);
        Assert.Contains("process 1 on another machine", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_the_gate_refuses_stops_a_retrain_on_the_topics_and_on_a_lake_until_it_is_acknowledged()
    {
        using var scratch = new Scratch();
        WriteBars(scratch, "AAPL.csv");
        var day = WithHugeVolume(scratch.PathTo("AAPL.csv"), line: 400);
        await using var demo = await KeptDemo.OfAsync(scratch.Folder, "--retrain", "never");
        string[] retrain =
            ["batch", "retrain", "--json", "--bootstrap", demo.Bootstrap, "--models", scratch.PathTo("models")];
        string[] lake = ["--lake", scratch.PathTo("lake"), "--lake-work", scratch.PathTo("work")];
        var refused = (await Kstock.RunAsync(retrain)).Expect(3);
        Assert.Contains(
            "stock.bars.v1: found max_volume (max volume < 1e10) broken by AAPL/1d/", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"{day}T", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("series trained", refused.Error, StringComparison.Ordinal);
        var kept = JsonNode.Parse((await HistoryAsync(scratch)).Single())!;
        Assert.Equal(("failed", false), (Text(kept, "gate"), kept["promoted"]!.GetValue<bool>()));
        Assert.EndsWith("(max_volume 1)", Text(kept, "reason"), StringComparison.Ordinal);

        (await Kstock.RunAsync(["lake", "sync", "--bootstrap", demo.Bootstrap, .. lake])).Expect(0);
        var early = (await Kstock.RunAsync([.. retrain, .. lake])).Expect(3);
        Assert.Contains("kstock lake rebuild comes first", early.Error, StringComparison.Ordinal);
        (await Kstock.RunAsync(["lake", "rebuild", .. lake])).Expect(0);
        var silver = (await Kstock.RunAsync([.. retrain, .. lake])).Expect(3);
        Assert.Contains("silver.bars: found max_volume", silver.Error, StringComparison.Ordinal);

        var row = refused.Error.Split("broken by ")[1].Split(' ');
        scratch.Write("rows.csv", $"{row[0]},{row[1]},max_volume,a test wrote it\n");
        string[] acknowledged = ["--acknowledged", scratch.PathTo("rows.csv")];
        var onTopics = JsonNode.Parse((await Kstock.RunAsync([.. retrain, .. acknowledged])).Expect(0).LastLine)!;
        var onLake = JsonNode.Parse((await Kstock.RunAsync([.. retrain, .. acknowledged, .. lake])).Expect(0).LastLine)!;
        var unlooked = JsonNode.Parse((await Kstock.RunAsync([.. retrain, "--gate", "off"])).Expect(0).LastLine)!;
        Assert.Equal(("passed", "passed", "off"), (Text(onTopics, "gate"), Text(onLake, "gate"), Text(unlooked, "gate")));

        var id = Text(onLake["models"]![0]!, "model_id");
        var query = (await Kstock.RunAsync(
            [
                "lake", "query", "select model_id, gate, bars_version >= 1 and features_version >= 1 as cites from models.versions",
                "--json", .. lake,
            ])).Expect(0);
        Assert.Equal($$"""{"model_id":"{{id}}","gate":"passed","cites":true}""", query.LastLine);
        (await Kstock.RunAsync(["lake", "vacuum", "silver.bars", "--dry-run", .. lake])).Expect(0);
    }

    [Fact]
    public async Task First_models_of_files_come_before_the_stream_and_are_in_effect_after_the_rows_that_they_learnt_from()
    {
        using var scratch = new Scratch();
        WriteBars(scratch, "AAPL.csv");
        using var broker = Streaming.EmbeddedBroker.Start(2);
        string[] there = ["--bootstrap", broker.BootstrapServers];
        var train = (await Kstock.RunAsync(
            [
                "batch", "train", scratch.PathTo("AAPL.csv"), "--train-until", "2001-12-31", "--models", scratch.PathTo("models"), "--json",
                .. there,
            ])).Expect(0);
        var model = Text(JsonNode.Parse(train.LastLine)!["models"]![0]!, "model_id");
        (await Kstock.RunAsync(["run", scratch.PathTo("AAPL.csv"), "--retrain", "never", .. there])).Expect(0);
        var forecasts = (await Kstock.RunAsync(["consume", "forecasts", "--json", .. there])).Expect(0).Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonNode.Parse(line)!).ToList();
        var champions = forecasts.ConvertAll(
            forecast => IdOf(forecast["strategies"]!.AsArray().Single(one => Text(one!, "strategy") == "batch")!));
        var first = champions.IndexOf(model);
        Assert.InRange(first, 1, champions.Count - 2);
        Assert.All(champions.Take(first), id => Assert.NotEqual(model, id));
        Assert.All(champions.Skip(first), id => Assert.Equal(model, id));

        // Avro's JSON names the branch of a union, and writes bytes as characters.
        static string IdOf(JsonNode strategy) => Convert.ToHexStringLower(
            Encoding.Latin1.GetBytes(strategy["model_id"]!.AsObject().Single().Value!.GetValue<string>()));
    }

    [Fact]
    public async Task A_cron_expression_without_sense_and_a_broker_that_was_not_named_are_wrong_usage()
    {
        var serve = (await Kstock.RunAsync("batch", "serve", "--cron", "monthly", "--time-zone", "Mars/Olympus")).Expect(2);
        foreach (var name in (string[])["--cron: found monthly", "--time-zone: found Mars/Olympus", "--bootstrap: found nothing"])
            Assert.Contains(name, serve.Error, StringComparison.Ordinal);
        var retrain = (await Kstock.RunAsync("batch", "retrain")).Expect(2);
        Assert.Contains("--bootstrap: found nothing", retrain.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_says_when_it_runs_next_and_ends_by_a_signal()
    {
        using var scratch = new Scratch();
        await using var serve = Kstock.Start("batch", "serve", "--bootstrap", "127.0.0.1:1", "--models", scratch.PathTo("models"));
        Assert.Contains("-01 1", await serve.ErrorLineAsync("next run at "), StringComparison.Ordinal);
        serve.Signal("TERM");
        Assert.Contains("kstock: stopped", (await serve.EndAsync()).Expect(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_that_is_neither_on_nor_off_and_acknowledged_rows_without_a_file_are_wrong_usage()
    {
        var gate = (await Kstock.RunAsync("batch", "serve", "--bootstrap", "127.0.0.1:1", "--gate", "maybe")).Expect(2);
        Assert.Contains("--gate: found maybe", gate.Error, StringComparison.Ordinal);
        var rows = (await Kstock.RunAsync("batch", "retrain", "--bootstrap", "127.0.0.1:1", "--acknowledged", "none.csv")).Expect(2);
        Assert.Contains("--acknowledged: found none.csv, which isn't a file", rows.Error, StringComparison.Ordinal);
    }

    /// <summary>Decisions of the store, one JSON object a line.</summary>
    static async Task<string[]> HistoryAsync(Scratch scratch)
    {
        var history = (await Kstock.RunAsync("batch", "history", "--json", "--models", scratch.PathTo("models"))).Expect(0);
        return history.Output.TrimEnd('\n').Split('\n');
    }

    /// <summary>Gives a line of a file more shares than were ever traded in a day; says its day.</summary>
    static string WithHugeVolume(string file, int line)
    {
        var lines = File.ReadAllLines(file);
        var fields = lines[line].Split(',');
        fields[^1] = "20000000000";
        lines[line] = string.Join(',', fields);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return fields[0];
    }

    static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    /// <summary>The first bars of bundled files: enough for a candidate and its test.</summary>
    static void WriteBars(Scratch scratch, params IEnumerable<string> files)
    {
        foreach (var file in files)
            scratch.Write(file, string.Join('\n', File.ReadLines(Path.Combine(Kstock.Data, file)).Take(Bars + 1)) + "\n");
    }
}
