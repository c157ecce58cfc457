using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Bars of the market reference are told before everything else of their time.</summary>
public sealed class ReferenceTests
{
    const string Header = "dt,open,high,low,close,volume\n";
    const string Monday = "2014-06-02,10,10,10,10,1\n";
    const string Tuesday = "2014-06-03,11,11,11,11,1\n";

    [Fact]
    public void Each_bar_of_the_reference_comes_before_the_bars_of_its_time_and_again_as_its_own()
    {
        using var scratch = Folder();
        var records = Replay(scratch.Folder).Records;
        Assert.Equal(
            ["ref SPY", "bar AAPL", "bar SPY", "ref SPY", "bar AAPL", "mark AAPL", "bar SPY", "mark SPY"], records.Select(Name));
        var reference = ((ReferenceBar)records[0]).Bar;
        var own = (SourceBar)records[2];
        Assert.Equal(own with { Sequence = reference.Sequence }, reference);
        Assert.DoesNotContain(Replays.Of(new FileReplayOptions { Paths = [scratch.Folder] }).Records, record => record is ReferenceBar);
    }

    [Fact]
    public void The_records_of_all_series_are_those_without_a_reference()
    {
        using var scratch = Folder();
        var sink = Replay(scratch.Folder);
        Assert.Equal(
            Replays.Of(new FileReplayOptions { Paths = [scratch.Folder] }).Records,
            sink.Records.Where(record => record is not ReferenceBar));
    }

    /// <summary>A trade's watermark at the close ends its session: the reference's bar of that close must be there by then.</summary>
    [Fact]
    public void It_comes_before_the_watermarks_of_its_time()
    {
        using var scratch = new Scratch();
        scratch.Write("SPY.csv", Header + Monday);
        scratch.Write("AMD_2014-06-02.csv", "ts_ms_utc,price,size\n1401739199000,5,1\n"); // a second before the close
        Assert.Equal(["tick AMD", "ref SPY", "mark AMD", "bar SPY", "mark SPY"], Replay(scratch.Folder).Records.Select(Name));
    }

    [Fact]
    public void Of_several_sources_the_first_speaks_and_intraday_bars_have_one_of_their_own()
    {
        using var scratch = new Scratch();
        scratch.Write("vendor_ticks_SPY.csv", "symbol,dt,open,high,low,close,volume\nSPY,2014-06-02,12,12,12,12,1\n");
        scratch.Write("SPY.csv", Header + Monday);
        scratch.Write("SPY_2014-06-02.csv", "ts_ms_utc,open,high,low,close,volume\n1401715800000,9,9,9,9,1\n");
        var bars = Replay(scratch.Folder).Records.OfType<ReferenceBar>().Select(record => record.Bar).ToList();
        Assert.Equal(["1m", "1d"], bars.Select(bar => bar.Interval));
        Assert.Equal(["csv", "vendor"], bars.Select(bar => bar.Source)); // files without a symbol in their name stand first
    }

    /// <summary>A run that goes on tells what the first one didn't come to, and at most the one bar again at which it stopped.</summary>
    [Fact]
    public void A_run_that_goes_on_tells_only_what_is_new()
    {
        using var scratch = Folder();
        var first = Replay(scratch.Folder);
        scratch.Write("SPY.csv", Header + Monday + Tuesday + "2014-06-04,12,12,12,12,1\n");
        var second = Replay(scratch.Folder, [.. first.Positions]);
        Assert.Equal(["ref SPY", "bar SPY", "mark SPY"], second.Records.Select(Name));
    }

    [Fact]
    public async Task Stopped_anywhere_and_gone_on_nothing_is_missing_and_only_repeats_are_more()
    {
        using var scratch = Folder();
        var whole = Replay(scratch.Folder).Records;
        for (var after = 1; after < whole.Count; after++)
        {
            using var stopping = new StoppingSink(after);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                new FileReplay(Options(scratch.Folder), TimeProvider.System).RunAsync(stopping, [], stopping.Stopping));
            var rest = Replay(scratch.Folder, [.. stopping.Memory.Positions]);
            var both = stopping.Memory.Records.Concat(rest.Records).ToList();
            Assert.Equal(whole, both.Distinct());
            var own = both.Where(record => record is not ReferenceBar).ToList();
            Assert.Equal(own.Distinct().Count(), own.Count);
        }
    }

    [Fact]
    public void A_reference_that_is_no_symbol_is_refused()
    {
        var fault = Assert.Throws<ConfigurationException>(() => new FileReplayOptions { Paths = ["x"], Reference = "a b" }.Validated());
        Assert.Contains("reference 'a b'", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>On a broker: one copy in every partition, at the same place between the records of its time.</summary>
    [Fact]
    public async Task Every_partition_of_a_broker_gets_it()
    {
        using var scratch = Folder();
        using var broker = EmbeddedBroker.Start(partitions: 3);
        using var publisher = new RecordPublisher(broker.Options, new FoldCounters("ingestor"));
        var replay = new FileReplay(Options(scratch.Folder), TimeProvider.System);
        var progress = await replay.RunAsync(new StreamSink(publisher), [], CancellationToken.None);
        publisher.Flush();
        Assert.Equal((4L, 2L, 8L), (progress.BarCount, progress.ReferenceBarCount, progress.RecordCount));

        var seen = new List<(int Partition, string Schema)>();
        new RecordReader(broker.Options, StockTopics.Market.Name, new RecordReaderOptions()).Read(Take, CancellationToken.None);
        for (var partition = 0; partition < 3; partition++)
            Assert.Equal(2, seen.Count(record => record == (partition, ReferenceBar.SchemaName)));
        Assert.Equal(6 + 6, seen.Count);

        bool Take(in TopicRecord record)
        {
            seen.Add((record.Partition, record.SchemaName!));
            return true;
        }
    }

    static Scratch Folder()
    {
        var scratch = new Scratch();
        scratch.Write("AAPL.csv", Header + Monday + Tuesday);
        scratch.Write("SPY.csv", Header + Monday + Tuesday);
        return scratch;
    }

    static FileReplayOptions Options(string folder) => new() { Paths = [folder], Reference = "SPY" };

    static MemorySink Replay(string folder, params IngestPosition[] positions) => Replays.Of(Options(folder), positions);

    static string Name(object record) => record switch
    {
        ReferenceBar bar => "ref " + bar.Bar.Symbol,
        SourceBar bar => "bar " + bar.Symbol,
        Tick tick => "tick " + tick.Symbol,
        Watermark mark => "mark " + mark.Symbol,
        _ => record.GetType().Name,
    };
}
