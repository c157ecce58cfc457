using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Daily bars of a series whose every move is known: m(t) = memory(t) x m(t-1) + normal noise of 1 %.</summary>
static class MadeUpBars
{
    /// <summary>Standard deviation of the noise, in log prices.</summary>
    public const double Deviation = 0.01;

    static readonly DateOnly s_before = new(1999, 12, 31);

    /// <summary>The bars, and of each the forecast of the next move that knows how it is made.</summary>
    /// <param name="seed">Of every number.</param>
    /// <param name="symbol">Of the series; another symbol is another series.</param>
    /// <param name="count">Bars.</param>
    /// <param name="memory">By place of the bar; 0 is a random walk.</param>
    public static (IReadOnlyList<SourceBar> Bars, double[] NextMoves) Of(ulong seed, string symbol, int count, Func<int, double> memory)
    {
        var bars = new List<SourceBar>(count);
        var next = new double[count];
        var random = new KeyedRandom(seed, Fnv1a.Hash(symbol), 0);
        var session = UsEquitiesCalendar.Instance.NextSession(s_before);
        var (log, move) = (PortableMath.Log(100), 0.0);
        for (var i = 0; i < count; i++)
        {
            var draw = 4 * (uint)i;
            var before = log;
            move = (memory(i) * move) + (Deviation * NormalDistribution.Quantile(random.Uniform(draw)));
            log += move;
            var high = Math.Max(before, log) + (0.4 * Deviation * random.Uniform(draw + 1));
            var low = Math.Min(before, log) - (0.4 * Deviation * random.Uniform(draw + 2));
            bars.Add(new SourceBar(
                symbol, "made-up", BarInterval.Session.ToString(), session.OpenUs, session.CloseUs, Dollars(before), Dollars(high),
                Dollars(low), Dollars(log), 1_000_000 + (long)(100_000 * random.Uniform(draw + 3)), i + 1));
            next[i] = i + 1 < count ? memory(i + 1) * move : 0;
            session = UsEquitiesCalendar.Instance.NextSession(session.Day);
        }

        return (bars, next);
    }

    static Price Dollars(double log) => new((long)Math.Round(PortableMath.Exp(log) * Price.Unit));
}
