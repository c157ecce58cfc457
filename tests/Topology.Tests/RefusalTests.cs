using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Topology.Tests;

/// <summary>Records that can be decoded and make no sense are dead letters, and nothing remains of them.</summary>
public sealed class RefusalTests
{
    static readonly Price s_ten = SampleBars.Dollars(10);
    static readonly SourceBar s_bar = SampleBars.RandomWalk(1, 1)[0];
    static readonly Tick s_tick = new("SPY", "iex", 1_572_442_200_000_000, s_ten, 1, 1);

    public static TheoryData<string, string> Ticks => new()
    {
        { "price zero", "price 0" }, { "price negative", "price -0.000001" }, { "size negative", "size -1" },
        { "year 1997", "a time the calendar" }, { "year 2031", "a time the calendar" }, { "far overflow", "a time the calendar" },
    };

    [Theory, MemberData(nameof(Ticks))]
    public void A_tick_that_makes_no_sense_is_a_dead_letter(string defect, string found)
    {
        var tick = defect switch
        {
            "price zero" => s_tick with { Price = new(0) },
            "price negative" => s_tick with { Price = new(-1) },
            "size negative" => s_tick with { Size = -1 },
            "year 1997" => s_tick with { EventTimeUs = 852_076_800_000_000 },
            "year 2031" => s_tick with { EventTimeUs = 1_924_992_000_000_000 },
            _ => s_tick with { EventTimeUs = long.MaxValue },
        };
        Refused("SPY", tick, found);
    }

    public static TheoryData<string, string> Bars => new()
    {
        { "high below close", "high" },
        { "low above open", "low" },
        { "low zero", "low 0" },
        { "end before start", "a bar from" },
        { "interval", "interval 7m" },
        { "volume", "volume -1" },
        { "symbol with slash", "symbol of" },
        { "symbol of 300", "symbol of 300" },
    };

    [Theory, MemberData(nameof(Bars))]
    public void A_bar_that_makes_no_sense_is_a_dead_letter(string defect, string found)
    {
        var bar = defect switch
        {
            "high below close" => s_bar with { High = new(s_bar.Close.Micros - 1) },
            "low above open" => s_bar with { Low = new(s_bar.Open.Micros + 1) },
            "low zero" => s_bar with { Low = new(0) },
            "end before start" => s_bar with { EndUs = s_bar.StartUs },
            "interval" => s_bar with { Interval = "7m" },
            "volume" => s_bar with { Volume = -1 },
            "symbol with slash" => s_bar with { Symbol = "A/B" },
            _ => s_bar with { Symbol = new string('A', 300) },
        };
        Refused(bar.Symbol, bar, found);
    }

    [Theory, InlineData(0.0), InlineData(-1.0), InlineData(1e9)]
    public void An_action_with_a_factor_out_of_range_is_a_dead_letter(double factor) =>
        Refused("SPY", new CorporateAction("SPY", "iex", CorporateActionKind.Split, s_tick.EventTimeUs, factor, 1, 1), "factors");

    [Fact]
    public void A_key_that_is_not_the_symbol_is_a_dead_letter() => Refused("AMD", s_tick, "a key that isn't its symbol");

    [Fact]
    public void A_record_of_another_type_is_a_dead_letter() =>
        Refused("SPY", new IngestPosition("iex", "SPY", 1, 1), "a record of type kafka.stock.IngestPosition");

    [Fact]
    public void A_bar_that_ends_no_later_than_the_one_before_is_a_dead_letter_and_the_state_stays()
    {
        var bars = SampleBars.RandomWalk(1, 70);
        var fold = new FoldUnderTest().Feed(bars);
        var before = fold.Snapshot("AAA/1d/csv");
        var error = Assert.Throws<RecordDefectException>(() => fold.Feed("AAA", bars[69] with { Sequence = 1_000 }));
        Assert.Contains("in the order of their ends", error.Message);
        Assert.Equal(before, fold.Snapshot("AAA/1d/csv"));
    }

    static void Refused<TRecord>(string key, TRecord record, string found)
        where TRecord : IAvroRecord<TRecord>
    {
        var fold = new FoldUnderTest();
        var error = Assert.Throws<RecordDefectException>(() => fold.Feed(key, record));
        Assert.Contains(found, error.Message);
        Assert.StartsWith("stock.market.v1@0: found ", error.Message);
        Assert.Equal(0, fold.Partition.States.Count);
        Assert.Empty(fold.Log.Records);
    }
}
