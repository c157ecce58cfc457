using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class DemoDataTests
{
    static readonly string s_folder = Repository.PathTo("data/demo");

    [Fact]
    public void The_bundled_data_has_9810_bars_and_7422_ticks_and_no_dead_letter()
    {
        var sink = Replays.Of(new FileReplayOptions { Paths = [s_folder] });
        Assert.Equal(9_810, sink.Records.OfType<SourceBar>().Count());
        Assert.Equal(7_422, sink.Records.OfType<Tick>().Count());
        Assert.Empty(sink.DeadLetters);
        Assert.Equal(
            ["AAPL/csv 3270", "IBM/csv 3270", "MSFT/csv 3270", "AMD/iex 64", "SPY/iex 7358"],
            sink.Records.Where(record => record is not Watermark).GroupBy(Replayed.TrackOf)
                .OrderBy(group => group.Key.Source, StringComparer.Ordinal).ThenBy(group => group.Key.Symbol, StringComparer.Ordinal)
                .Select(group => $"{group.Key.Symbol}/{group.Key.Source} {group.Count()}"));
    }

    [Fact]
    public void Each_minute_with_trades_is_closed_by_one_watermark_and_each_file_of_bars_by_one()
    {
        var sink = Replays.Of(new FileReplayOptions { Paths = [s_folder] });
        var minutes = sink.Records.OfType<Tick>().Select(tick => (tick.Symbol, Minute: tick.EventTimeUs / 60_000_000)).Distinct().Count();
        Assert.Equal(407, minutes);
        Assert.Equal(minutes + 3, sink.Records.OfType<Watermark>().Count());
        Replayed.AssertRules(sink);
    }

    [Fact]
    public void Two_replays_are_the_same_to_the_last_number() => Assert.Equal(
        Replays.Of(new FileReplayOptions { Paths = [s_folder] }).Records,
        Replays.Of(new FileReplayOptions { Paths = [.. Directory.GetFiles(s_folder, "*.csv*").OrderDescending()] }).Records);

    [Theory]
    [InlineData("MSFT.csv")]
    [InlineData("iex_ticks_2019-10-30.csv.gz")]
    public void A_garbage_line_is_one_dead_letter_and_changes_nothing_else(string name)
    {
        using var scratch = new Scratch();
        foreach (var file in Directory.GetFiles(s_folder, "*.csv*")) File.Copy(file, scratch.PathTo(Path.GetFileName(file)));
        var clean = scratch.Replay();
        var bytes = File.ReadAllBytes(scratch.PathTo(name));
        var garbage = "one garbage line\n"u8.ToArray();
        File.WriteAllBytes(scratch.PathTo(name),
            [.. bytes, .. name.EndsWith(".gz", StringComparison.Ordinal) ? Scratch.Packed(garbage) : garbage]);

        var dirty = scratch.Replay();
        var letter = Assert.Single(dirty.DeadLetters);
        var line = name == "MSFT.csv" ? 3_272 : 7_424;
        Assert.Equal(($"{scratch.PathTo(name)}:{line}", "1 fields in 'one garbage line'"), (letter.Where, letter.Found));
        Assert.Equal("one garbage line"u8.ToArray(), letter.Bytes);
        Assert.Equal(clean.Records, dirty.Records);
    }
}
