using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>The history that files give: what the topics would hold, had the files been ingested.</summary>
static class FileHistory
{
    /// <summary>Folds files and remembers the micro-batches up to an instant.</summary>
    /// <exception cref="BrokenInputException">A file can't be read, or no line of them makes sense.</exception>
    /// <exception cref="UsageException">The reference isn't among the data.</exception>
    public static async Task<TrainingHistory> ReadAsync(
        SettingValues values, IReadOnlyList<string> paths, RetrainOptions options, long untilUs, CancellationToken cancellation)
    {
        var history = new TrainingHistory(options);
        var simulation = new Simulation(
            new SimulationOptions
            {
                Topology = FoldOptions.Topology(values),
                Trainer = FoldOptions.Trainer(values),
                Schedule = RetrainSchedule.Never,
            },
            new Recorder(history, untilUs), cancellation: cancellation);
        var sink = new BacktestSink(simulation, new HashSet<string>(), interval: null);
        var files = StackSettings.Files(values, paths);
        var look = await InputLook.AtAsync(files, cancellation);
        look.Require(new HashSet<string>(), interval: null);
        await look.LeftOut.TellAsync();
        if (look.ReferenceGap(FoldOptions.Calendar(values)) is { } gap) await Console.Error.WriteLineAsync("kstock: " + gap);
        var replay = new FileReplay(files, TimeProvider.System);
        await Task.Run(() => replay.RunAsync(sink, [], cancellation), cancellation);
        return history;
    }

    sealed class Recorder(TrainingHistory history, long untilUs) : IOutput
    {
        public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
            where TRecord : IAvroRecord<TRecord>
        {
            if (record is MicroBatch batch && batch.BarEndUs <= untilUs) history.Add(batch);
        }

        public void Count(FoldEvent what)
        {
            // What a fold counts, no model learns from.
        }
    }
}
