using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli.Tests;

/// <summary>The quality gate at the month ends of a live run: the same words as in a simulation of the same files.</summary>
public sealed class MonthEndGateTests : IDisposable
{
    readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(120));
    readonly string _folder = Directory.CreateTempSubdirectory("kstock-gate-").FullName;

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_that_fails_holds_its_month_back_live_as_in_a_simulation(bool isOn)
    {
        Spoil("IBM", 430);
        Spoil("MSFT", -1);
        var gate = isOn ? new QualityOptions() : null;
        var decisions = new List<RetrainDecision>();
        await using var stack = Stack.Start(
            new StackOptions
            {
                Partitions = 3,
                Retrain = new RetrainOptions(),
                Gate = gate,
                Tap = (string _, in Streaming.TopicRecord record) =>
                {
                    if (record.SchemaName != RetrainDecision.SchemaName) return;
                    RetrainDecision? decision = null;
                    AvroBody.Read(record.Body, new NamePool(), ref decision);
                    decisions.Add(decision!);
                },
            },
            _limit.Token);
        await stack.IngestAsync(new FileReplayOptions { Paths = [_folder] }, inner => inner, _ => { }, _limit.Token);
        await stack.DrainAsync(_limit.Token);
        await stack.StopAsync();

        var simulated = await SimulateAsync(gate);
        Assert.Equal((simulated.Decisions, simulated.Promoted), (stack.Tally.Decisions, stack.Tally.Promoted));
        Assert.Equal(simulated.DecisionsSha256(), stack.Tally.DecisionsSha256());
        Assert.Equal(simulated.ForecastsSha256(), stack.Tally.ForecastsSha256());

        Assert.True(decisions.Count > 3, $"{decisions.Count} decisions");
        var failed = decisions.Where(one => one.Gate == "failed").ToList();
        if (!isOn)
        {
            Assert.All(decisions, one => Assert.Equal(("off", 0), (one.Gate, one.Checks.Count)));
            return;
        }

        var named = Assert.Single(Assert.Single(failed).Checks.Single(check => check.Status == "failed").Named);
        Assert.StartsWith("IBM/1d/csv 20", named, StringComparison.Ordinal);
        Assert.EndsWith(": volume 20000000000", named, StringComparison.Ordinal);
        Assert.True(decisions.IndexOf(failed[0]) is > 0 && decisions[^1].Gate == "passed");
        Assert.All(decisions, one => Assert.NotEmpty(one.Evidence));
    }

    /// <summary>The first 520 bars of a bundled file, one of them with an absurd volume.</summary>
    void Spoil(string symbol, int row)
    {
        var lines = File.ReadLines(Path.Combine(BundledData.Folder, symbol + ".csv")).Take(521).ToList();
        if (row > 0) lines[row] = lines[row][..(lines[row].LastIndexOf(',') + 1)] + "20000000000";
        File.WriteAllLines(Path.Combine(_folder, symbol + ".csv"), lines);
    }

    async Task<StreamTally> SimulateAsync(QualityOptions? gate)
    {
        var tally = new StreamTally();
        var output = new EncodingOutput((Topic topic, in LogRecord record) => tally.Add(topic.Name, record.SchemaName, record.Body));
        var simulation = new Simulation(new SimulationOptions { Gate = gate }, output);
        var sink = new BacktestSink(simulation, new HashSet<string>(), interval: null);
        await new FileReplay(new FileReplayOptions { Paths = [_folder] }, TimeProvider.System).RunAsync(sink, [], _limit.Token);
        simulation.Finish();
        return tally;
    }
}
