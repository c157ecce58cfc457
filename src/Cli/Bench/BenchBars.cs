using System.Buffers;
using System.Text;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli;

/// <summary>Made-up daily bars as records of the market topic: a random walk over the sessions from 2000 on.</summary>
static class BenchBars
{
    /// <summary>Bodies of the bars of one symbol, oldest first.</summary>
    public static List<byte[]> Of(string symbol, int count)
    {
        var bodies = new List<byte[]>(count);
        var buffer = new ArrayBufferWriter<byte>();
        var random = new KeyedRandom(1, Fnv1a.Hash(symbol), 0);
        var session = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2000, 1, 3));
        var close = 100.0;
        for (uint i = 0; i < count; i++)
        {
            var open = close * (1 + (0.01 * (random.Uniform(4 * i) - 0.5)));
            close = open * (1 + (0.03 * (random.Uniform((4 * i) + 1) - 0.5)));
            var high = Math.Max(open, close) * (1 + (0.01 * random.Uniform((4 * i) + 2)));
            var low = Math.Min(open, close) * (1 - (0.01 * random.Uniform((4 * i) + 3)));
            var bar = new SourceBar(
                symbol, "bench", "1d", session.OpenUs, session.CloseUs, Dollars(open), Dollars(high), Dollars(low), Dollars(close),
                1_000_000 + (1_000 * i), i + 1);
            buffer.ResetWrittenCount();
            AvroBody.Write(bar, buffer);
            bodies.Add(buffer.WrittenSpan.ToArray());
            session = UsEquitiesCalendar.Instance.NextSession(session.Day);
        }

        return bodies;
    }

    /// <summary>The key of a symbol's records.</summary>
    public static byte[] Key(string symbol) => Encoding.UTF8.GetBytes(symbol);

    static Price Dollars(double dollars) => new((long)Math.Round(dollars * Price.Unit));
}
