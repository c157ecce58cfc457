using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>A simulation over records, and what it published.</summary>
static class Simulated
{
    public static RecordedLog Run(IEnumerable<object> records, SimulationOptions options)
    {
        var log = new RecordedLog();
        Run(records, options, log.Output);
        return log;
    }

    public static Simulation Run(IEnumerable<object> records, SimulationOptions options, IOutput output)
    {
        var simulation = new Simulation(options, output);
        foreach (var record in records) Apply(simulation, record);
        simulation.Finish();
        return simulation;
    }

    public static void Apply(Simulation simulation, object record)
    {
        switch (record)
        {
            case SourceBar bar: simulation.Apply(bar); break;
            case Tick tick: simulation.Apply(tick); break;
            case Watermark watermark: simulation.Apply(watermark); break;
            case CorporateAction action: simulation.Apply(action); break;
            default: throw new ArgumentException($"found a {record.GetType().Name}; expected a market record", nameof(record));
        }
    }
}
