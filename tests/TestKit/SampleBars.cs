using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.TestKit;

/// <summary>Made-up daily bars, as a function of a seed.</summary>
public static class SampleBars
{
    /// <summary>A random walk over the sessions from 2010-01-04 on: sequence numbers 1, 2, …</summary>
    public static List<SourceBar> RandomWalk(ulong seed, int count, string symbol = "AAA", string source = "csv")
    {
        var bars = new List<SourceBar>(count);
        var random = new KeyedRandom(seed, Fnv1a.Hash(symbol), 0);
        var session = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 1, 3));
        var close = 100.0;
        for (uint i = 0; i < count; i++)
        {
            var open = close * (1 + (0.01 * (random.Uniform((4 * i) + 1) - 0.5)));
            close = open * (1 + (0.03 * (random.Uniform(4 * i) - 0.5)));
            var high = Math.Max(open, close) * (1 + (0.01 * random.Uniform((4 * i) + 2)));
            var low = Math.Min(open, close) * (1 - (0.01 * random.Uniform((4 * i) + 3)));
            bars.Add(new SourceBar(
                symbol, source, "1d", session.OpenUs, session.CloseUs, Dollars(open), Dollars(high), Dollars(low), Dollars(close),
                1_000_000 + (long)(500_000 * random.Uniform(i + 1_000_000)), i + 1));
            session = UsEquitiesCalendar.Instance.NextSession(session.Day);
        }

        return bars;
    }

    /// <summary>The price nearest to a number of dollars.</summary>
    public static Price Dollars(double dollars) => new((long)Math.Round(dollars * Price.Unit));
}
