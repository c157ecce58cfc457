using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

static class SampleTicks
{
    /// <summary>Ticks of a number of symbols in turn; sequence counts up by symbol.</summary>
    public static IEnumerable<Tick> Of(int count, int symbols = 5, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            yield return new Tick($"S{i % symbols}", "test", 1_000_000L * i, new Price(1_000_000 + i), 1 + i % 100, 1 + i / symbols);
        }
    }
}
