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
        var demo = await KeptDemo.OfAsync(scratch.Folder, "--retrain", "never");
        try
        {
            string[] there = ["--bootstrap", demo.Bootstrap, "--models", scratch.PathTo("models")];
            var retrain = (await Kstock.RunAsync(["batch", "retrain", "--json", .. there])).Expect(0);
            var decision = JsonNode.Parse(retrain.LastLine)!;
            Assert.Equal(("1d", "month", 63), (Text(decision, "interval"), Text(decision, "trigger"), decision["days"]!.GetValue<int>()));
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
        finally
        {
            await demo.DisposeAsync();
        }
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

    static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    /// <summary>The first bars of bundled files: enough for a candidate and its test.</summary>
    static void WriteBars(Scratch scratch, params IEnumerable<string> files)
    {
        foreach (var file in files)
            scratch.Write(file, string.Join('\n', File.ReadLines(Path.Combine(Kstock.Data, file)).Take(Bars + 1)) + "\n");
    }
}
