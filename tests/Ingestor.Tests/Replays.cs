using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Replays into memory, without pacing.</summary>
static class Replays
{
    public static MemorySink Of(FileReplayOptions options, params IngestPosition[] positions)
    {
        var sink = new MemorySink();
        new FileReplay(options, TimeProvider.System).RunAsync(sink, positions, CancellationToken.None).GetAwaiter().GetResult();
        return sink;
    }

    public static MemorySink Replay(this Scratch scratch) => Of(new FileReplayOptions { Paths = [scratch.Folder] });
}
