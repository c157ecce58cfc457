using Kafka.Stock.BatchJob;
using Kafka.Stock.Cli;
using Kafka.Stock.Contracts;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>The roles as processes of their own, on one broker: the same forecasts, and nothing twice.</summary>
public sealed class SeparateProcessesTests
{
    [Fact]
    public async Task Ingest_Topology_and_Trainer_apart_make_a_simulation_s_forecasts_and_a_second_ingest_publishes_nothing()
    {
        using var broker = EmbeddedBroker.Start(24);
        await using var topology = Kstock.Start("topology", "--bootstrap", broker.BootstrapServers);
        await using var trainer = Kstock.Start("trainer", "--bootstrap", broker.BootstrapServers);
        var first = (await Kstock.RunAsync("ingest", Kstock.Data, "--bootstrap", broker.BootstrapServers)).Expect(0);
        Assert.StartsWith("7422 ticks, 9810 bars, ", first.Output, StringComparison.Ordinal);
        Assert.Contains("; 0 were there before", first.Output, StringComparison.Ordinal);

        var tally = await ForecastsAsync(broker, Demo.Golden["forecasts"]!.GetValue<long>());
        var simulated = await SimulatedDemo.OfAsync(Kstock.Data, RetrainSchedule.Never);
        Assert.Equal(simulated.ForecastsSha256(), tally.ForecastsSha256());

        var second = (await Kstock.RunAsync("ingest", Kstock.Data, "--bootstrap", broker.BootstrapServers)).Expect(0);
        Assert.StartsWith("0 ticks, 0 bars, 0 watermarks, 0 corporate actions, 0 dead letters; ", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("; 0 were there before", second.Output, StringComparison.Ordinal);

        foreach (var role in (ChildProcess[])[topology, trainer])
        {
            role.Signal("INT");
            Assert.Contains("kstock: stopped", (await role.EndAsync()).Expect(0).Error, StringComparison.Ordinal);
        }

        using var admin = new TopicAdmin(broker.Options);
        Assert.Equal(Demo.Golden["forecasts"]!.GetValue<long>(), admin.EndOffsets(StockTopics.Forecasts.Name).Values.Sum());
    }

    /// <summary>Reads forecasts until so many are there.</summary>
    static async Task<StreamTally> ForecastsAsync(EmbeddedBroker broker, long count)
    {
        var tally = new StreamTally();
        using var limit = new CancellationTokenSource(ChildProcess.Limit);
        var options = new RecordReaderOptions { Follow = true, Name = "test" };
        await new RecordReader(broker.Options, StockTopics.Forecasts.Name, options).ReadAsync(Take, limit.Token);
        Assert.Equal(count, tally.Forecasts);
        return tally;

        bool Take(in TopicRecord record)
        {
            tally.Add(StockTopics.Forecasts.Name, record.SchemaName ?? "", record.Body);
            return tally.Forecasts < count;
        }
    }
}
