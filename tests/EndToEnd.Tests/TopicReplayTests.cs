using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>What a demo computed live comes out again of its topics.</summary>
[Collection(KeptDemoCollection.Name)]
public sealed class TopicReplayTests(KeptDemo demo)
{
    [Fact]
    public async Task A_replay_of_topics_gives_the_live_forecasts_byte_for_byte()
    {
        var run = (await Kstock.RunAsync("backtest", "--from-topics", "--bootstrap", demo.Bootstrap)).Expect(0);
        Assert.Contains("replay: 9972 forecasts equal the live ones byte for byte, 0 differ", run.Error, StringComparison.Ordinal);
        Assert.Contains("9972 forecasts", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_with_other_settings_than_the_live_run_is_refused()
    {
        var run = (await Kstock.RunAsync("backtest", "--from-topics", "--seed", "2", "--bootstrap", demo.Bootstrap)).Expect(3);
        Assert.Contains("expected", run.Error, StringComparison.Ordinal);
        Assert.Contains("replay with the settings of the live run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forecast_of_the_topics_and_the_same_one_of_files_have_one_explanation_hashes_of_the_states_included()
    {
        const string what = "AAPL/1d/csv@2001-05-08";
        var live = (await Kstock.RunAsync("explain", what, "--json", "--bootstrap", demo.Bootstrap)).Expect(0).LastLine;
        var simulated = (await Kstock.RunAsync("explain", what, "--json", "--retrain", "never")).Expect(0).LastLine;
        Assert.Equal(simulated, live);
        var json = JsonNode.Parse(live)!;
        Assert.Equal(17, json["features"]!.AsArray().Count);
        Assert.Equal(4, json["rows"]!.AsArray().Count);
        Assert.Matches("^[0-9a-f]{64}$", json["trainer_state_sha256"]!.GetValue<string>());
        Assert.Equal("2001-05-08T20:00:00Z", json["made_at"]!.GetValue<string>());
    }
}
