using Kafka.Stock.BatchJob;
using Kafka.Stock.Cli;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>The bundled data through a simulation in this process: what the demo has to come to, without a broker.</summary>
static class SimulatedDemo
{
    /// <summary>What a run over a folder publishes, as the demo tallies it.</summary>
    public static async Task<StreamTally> OfAsync(string folder, RetrainSchedule schedule)
    {
        var sink = new MemorySink();
        await new FileReplay(new FileReplayOptions { Paths = [folder] }, TimeProvider.System).RunAsync(sink, [], CancellationToken.None);
        var tally = new StreamTally();
        var output = new EncodingOutput((Topic topic, in LogRecord record) => tally.Add(topic.Name, record.SchemaName, record.Body));
        var simulation = new Simulation(new SimulationOptions { Schedule = schedule }, output);
        foreach (var record in sink.Records)
        {
            Backtest.Publish(output, record);
            switch (record)
            {
                case SourceBar bar: simulation.Apply(bar); break;
                case Tick tick: simulation.Apply(tick); break;
                case Watermark watermark: simulation.Apply(watermark); break;
                case CorporateAction action: simulation.Apply(action); break;
                default: throw new InvalidOperationException($"found a {record.GetType().Name}; expected a market record");
            }
        }

        simulation.Finish();
        return tally;
    }
}
