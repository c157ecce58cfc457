using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Market records of files, merged as the Ingestor merges them.</summary>
static class MarketFiles
{
    public static IReadOnlyList<object> Read(params IReadOnlyList<string> paths)
    {
        var sink = new MemorySink();
        new FileReplay(new FileReplayOptions { Paths = paths }, TimeProvider.System)
            .RunAsync(sink, [], CancellationToken.None).GetAwaiter().GetResult();
        return sink.Records;
    }

    /// <summary>The records of bars between two days, and nothing else.</summary>
    public static IEnumerable<SourceBar> Bars(IEnumerable<object> records, DateOnly from, DateOnly to)
    {
        var (fromUs, toUs) = (Us(from), Us(to));
        return records.OfType<SourceBar>().Where(bar => bar.EndUs >= fromUs && bar.EndUs < toUs);
    }

    public static long Us(DateOnly day) => (day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * 86_400_000_000L;
}
