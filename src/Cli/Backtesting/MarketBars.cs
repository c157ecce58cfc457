using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>The daily bars of files, in memory, in the order of event time.</summary>
static class MarketBars
{
    /// <summary>Reads them; lines that make no sense are left out.</summary>
    /// <exception cref="BrokenInputException">There is no daily bar.</exception>
    public static async Task<IReadOnlyList<SourceBar>> ReadAsync(FileReplayOptions files, CancellationToken cancellation)
    {
        var sink = new MemorySink();
        await Task.Run(() => new FileReplay(files, TimeProvider.System).RunAsync(sink, [], cancellation), cancellation);
        var daily = BarInterval.Session.ToString();
        List<SourceBar> bars = [.. sink.Records.OfType<SourceBar>().Where(bar => bar.Interval == daily)];
        return bars.Count > 0 ? bars : throw new BrokenInputException(string.Join(", ", files.Paths), "no daily bar", "at least one");
    }
}
