using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Days of trades with watermarks, drawn by a key.</summary>
static class SampleTicks
{
    const long SecondUs = 1_000_000;

    /// <summary>Feeds some sessions of a symbol: a trade each 20 seconds of the first minutes, a watermark each minute.</summary>
    public static void Feed(LakeUnderTest lake, ulong seed, int days, int minutes, string symbol = "AAA", string source = "iex")
    {
        var session = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 1, 3));
        var sequence = 1L;
        for (var day = 0; day < days; day++, session = UsEquitiesCalendar.Instance.NextSession(session.Day))
        {
            var random = new KeyedRandom(seed, Fnv1a.Hash(symbol), (ulong)session.OpenUs);
            for (uint i = 0; i < minutes * 3; i++)
            {
                var timeUs = session.OpenUs + (i * 20 * SecondUs) + (long)(random.Uniform(2 * i) * 5 * SecondUs);
                lake.Feed(symbol, new Tick(symbol, source, timeUs, PriceOf(random, i), 100 + (i % 7), sequence++));
                if (i % 3 != 2) continue;
                lake.Feed(symbol, new Watermark(symbol, source, session.OpenUs + (((i / 3) + 1) * 60 * SecondUs), sequence++));
            }
        }
    }

    static Price PriceOf(KeyedRandom random, uint i) => new(100_000_000 + (long)(random.Uniform((2 * i) + 1) * 2_000_000));
}
