using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor;

/// <summary>Publishes files of bars and trades as one stream in event-time order, with watermarks, as fast as downstream takes it or
/// paced.</summary>
/// <remarks>
/// Order: event time (a bar's end, a trade's time, the start of a split's day); at the same time bars of the market reference for every
/// partition, then watermarks, then splits and dividends, then files by symbol, source, kind, name and path, then lines as in their
/// file. Memory: some 100 kB for each file, whatever its size. A line that makes no sense is a dead letter and changes nothing else.
/// </remarks>
/// <param name="options">What to read, and how.</param>
/// <param name="time">The clock for pacing and reports.</param>
/// <param name="report">Told how far it is, at most ten times a second, and at the end; on the thread of the replay.</param>
/// <exception cref="ConfigurationException">Options that make no sense, all at once.</exception>
public sealed class FileReplay(FileReplayOptions options, TimeProvider time, Action<IngestProgress>? report = null)
{
    readonly FileReplayOptions _options = options.Validated();

    /// <summary>Reads all files to their ends. Reading is synchronous: call it on a thread that may be kept busy.</summary>
    /// <param name="sink">Where the records go.</param>
    /// <param name="positions">Where an earlier run stopped: what it published isn't published again. Empty at first.</param>
    /// <param name="cancellation">Stops cleanly between two records: positions of what was published are written.</param>
    /// <returns>The final counts.</returns>
    /// <exception cref="BrokenInputException">A file can't be read at all, or not to its end; what came before it was
    /// published.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<IngestProgress> RunAsync(
        IMarketSink sink, IReadOnlyCollection<IngestPosition> positions, CancellationToken cancellation)
    {
        using var run = new ReplayRun(_options, positions, sink, new Pacer(_options.SpeedFactor, time), new ProgressMeter(report, time));
        return await run.RunAsync(cancellation);
    }
}
