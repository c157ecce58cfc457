using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Made-up daily bars of several symbols in the order of event time, as a function of a seed.</summary>
static class SampleWalks
{
    /// <summary>Sessions from 2010-01-04 on.</summary>
    /// <param name="seed">Of every number.</param>
    /// <param name="sessions">Bars of each symbol.</param>
    /// <param name="symbols">How many: S0, S1, …</param>
    /// <param name="memory">Share of a return that the next one repeats; 0 is a random walk.</param>
    public static List<object> Of(ulong seed, int sessions, int symbols, double memory = 0)
    {
        var all = Enumerable.Range(0, symbols).Select(i => Bars(seed, sessions, $"S{i}", memory)).ToList();
        return [.. Enumerable.Range(0, sessions).SelectMany(session => all.Select(bars => (object)bars[session]))];
    }

    static List<SourceBar> Bars(ulong seed, int count, string symbol, double memory)
    {
        var bars = new List<SourceBar>(count);
        var random = new KeyedRandom(seed, Fnv1a.Hash(symbol), 0);
        var session = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2010, 1, 3));
        var (close, change) = (100.0, 0.0);
        for (uint i = 0; i < count; i++)
        {
            var open = close;
            change = (memory * change) + (0.03 * (random.Uniform(4 * i) - 0.5));
            close = open * PortableMath.Exp(change);
            var high = Math.Max(open, close) * (1 + (0.004 * random.Uniform((4 * i) + 2)));
            var low = Math.Min(open, close) * (1 - (0.004 * random.Uniform((4 * i) + 3)));
            bars.Add(new SourceBar(
                symbol, "csv", "1d", session.OpenUs, session.CloseUs, SampleBars.Dollars(open), SampleBars.Dollars(high),
                SampleBars.Dollars(low), SampleBars.Dollars(close), 1_000_000 + i, i + 1));
            session = UsEquitiesCalendar.Instance.NextSession(session.Day);
        }

        return bars;
    }
}
