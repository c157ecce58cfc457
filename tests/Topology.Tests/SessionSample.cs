using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

/// <summary>Daily bars, and the same sessions as intraday bars or trades that make the same daily bars.</summary>
static class SessionSample
{
    public const long MinuteUs = 60_000_000;

    /// <summary>The session of a daily bar.</summary>
    public static TradingSession SessionOf(SourceBar day)
    {
        Assert.True(UsEquitiesCalendar.Instance.TryGetSessionAt(day.StartUs, out var session));
        return session;
    }

    /// <summary>Four half hours at open, at noon twice and at the close, whose union is the daily bar.</summary>
    public static IEnumerable<SourceBar> HalfHours(SourceBar day)
    {
        const long length = 30 * MinuteUs;
        var session = SessionOf(day);
        long[] starts = [session.OpenUs, session.OpenUs + (4 * length), session.OpenUs + (5 * length), session.CloseUs - length];
        Price[] closes = [day.Open, day.High, day.Low, day.Close];
        for (var i = 0; i < 4; i++)
        {
            yield return day with
            {
                Interval = "30m",
                StartUs = starts[i],
                EndUs = starts[i] + length,
                Open = i == 0 ? day.Open : closes[i],
                High = closes[i],
                Low = closes[i],
                Close = closes[i],
                Volume = i == 3 ? day.Volume - (3 * (day.Volume / 4)) : day.Volume / 4,
                Sequence = (day.Sequence * 100) + i,
            };
        }
    }

    /// <summary>The same as trades, a watermark after each, and trades before the open and after the close.</summary>
    public static IEnumerable<object> Trades(SourceBar day)
    {
        var session = SessionOf(day);
        var sequence = day.Sequence * 100;
        (long AtUs, Price Price, long Size)[] trades =
        [
            (session.OpenUs - MinuteUs, SampleBars.Dollars(9_999), 77), (session.OpenUs, day.Open, day.Volume / 4),
            (session.OpenUs + (120 * MinuteUs), day.High, day.Volume / 4), (session.OpenUs + (150 * MinuteUs), day.Low, day.Volume / 4),
            (session.CloseUs - 1, day.Close, day.Volume - (3 * (day.Volume / 4))), (session.CloseUs, SampleBars.Dollars(1), 88),
        ];
        foreach (var (atUs, price, size) in trades)
        {
            yield return new Tick(day.Symbol, day.Source, atUs, price, size, ++sequence);
            yield return new Watermark(day.Symbol, day.Source, ((atUs / MinuteUs) + 1) * MinuteUs, ++sequence);
        }
    }

    /// <summary>Days with sequence numbers that leave room for their parts.</summary>
    public static List<SourceBar> Days(ulong seed, int count, string symbol = "AAA") =>
        [.. SampleBars.RandomWalk(seed, count, symbol).Select(bar => bar with { Sequence = bar.Sequence * 1_000 })];

    public static FoldUnderTest FeedAll(this FoldUnderTest fold, IEnumerable<object> records)
    {
        foreach (var record in records)
        {
            switch (record)
            {
                case SourceBar bar: fold.Feed(bar.Symbol, bar); break;
                case Tick tick: fold.Feed(tick.Symbol, tick); break;
                case Watermark mark: fold.Feed(mark.Symbol, mark); break;
                case ReferenceBar bar: fold.Feed(bar.Bar.Symbol, bar); break;
                case CorporateAction action: fold.Feed(action.Symbol, action); break;
                default: throw new ArgumentException($"found a {record.GetType().Name}", nameof(records));
            }
        }

        return fold;
    }
}
