using Kafka.Stock.Contracts;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Cli.Tests;

public sealed class RecordSinkTests
{
    const long MinuteUs = 60_000_000;
    const long WeekUs = 7 * 86_400_000_000;
    const long OpenUs = 1_572_442_200_000_000;

    [Fact]
    public void A_repeated_day_lies_a_week_later_in_the_same_order_with_rising_sequence_numbers()
    {
        var sink = Filled();
        var log = sink.Repeated(2);
        Assert.Equal(2, sink.Ticks);
        Assert.Equal(
            ["Tick", "Watermark", "Tick", "Watermark", "Tick", "Watermark", "Tick", "Watermark"],
            log.Select(record => record.Schema["kafka.stock.".Length..]));
        var messages = log.Select((record, offset) => Decode(record, offset)).ToList();
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), messages.Select(Sequence));
        Assert.Equal(messages.Take(4).Select(message => Time(message) + WeekUs), messages.Skip(4).Select(Time));
        Assert.All(log, record => Assert.Equal("SPY"u8.ToArray(), record.Key));
    }

    [Fact]
    public void What_a_day_of_trades_cannot_hold_is_refused()
    {
        var sink = new RecordSink();
        Assert.Throws<NotSupportedException>(() => sink.Publish(default(SourceBar)));
        Assert.Throws<NotSupportedException>(() => sink.Publish(default(CorporateAction)));
        var error = Assert.Throws<BrokenInputException>(() => sink.DeadLetter("SPY", "x"u8, "ticks.csv:7", "1 field", "4 fields"));
        Assert.StartsWith("ticks.csv:7: found 1 field", error.Message);
    }

    static RecordSink Filled()
    {
        var sink = new RecordSink();
        sink.Publish(new Tick("SPY", "iex", OpenUs, new Price(1_000_000), 1, 10));
        sink.Publish(new Watermark("SPY", "iex", OpenUs + MinuteUs, 11));
        sink.Publish(new Tick("SPY", "iex", OpenUs + MinuteUs, new Price(2_000_000), 1, 12));
        sink.Publish(new Watermark("SPY", "iex", OpenUs + (2 * MinuteUs), 13));
        return sink;
    }

    static MarketMessage Decode((string Schema, byte[] Key, byte[] Body) record, int offset)
    {
        MarketMessage message = default;
        new TopologyFold(new TopologyOptions()).Decode(new LogRecord(record.Schema, record.Key, record.Body, offset), ref message);
        return message;
    }

    static long Sequence(MarketMessage message) =>
        message.Kind == MarketKind.Tick ? message.Tick.Sequence : message.Watermark.Sequence;

    static long Time(MarketMessage message) =>
        message.Kind == MarketKind.Tick ? message.Tick.EventTimeUs : message.Watermark.TimeUs;
}
