using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>The bad inputs that the product promises to survive: a clear error with file and line, or a dead letter.</summary>
public sealed class BadInputTests
{
    const string Header = "dt,open,high,low,close,volume\n";
    const string First = "2013-10-04,1,1,1,1,1\n";

    [Fact]
    public void CRLF_and_a_byte_order_mark_are_no_trouble()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", [.. Encoding.UTF8.Preamble,
            .. Encoding.UTF8.GetBytes("Date,Open,High,Low,Close,Adj Close,Volume\r\n2013-10-04,1,3,1,2,9,7\r\n\r\n")]);
        var sink = scratch.Replay();
        Assert.Empty(sink.DeadLetters);
        Assert.Equal((2.0, 7L), sink.Records.OfType<SourceBar>().Select(bar => (bar.Close.ToDouble(), bar.Volume)).Single());
    }

    [Theory]
    [InlineData("A.csv", "", "an empty file")]
    [InlineData("A.csv", "\n \n\r\n", "an empty file")]
    [InlineData("A.csv.gz", "", "an empty file")]
    [InlineData("A.csv", "dt,open,high,low,close\n2013-10-04,1,1,1,1\n", "no column volume")]
    [InlineData("A.csv", "2013-10-04,1,1,1,1,1\n", "no column of time")]
    [InlineData("A B.csv", Header, "no symbol")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.csv", Header, "no symbol")]
    [InlineData("A.csv", "date,symbol,kind,numerator,denominator,amount,close\n", "splits and dividends")]
    public void A_file_that_cannot_be_read_at_all_is_broken_input_that_names_it(string name, string content, string found)
    {
        using var scratch = new Scratch();
        var path = scratch.Write(name, content);
        var error = Assert.Throws<BrokenInputException>(scratch.Replay);
        Assert.StartsWith(path, error.Where, StringComparison.Ordinal);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_a_folder_without_data_and_a_folder_named_like_a_file_are_broken_input()
    {
        using var scratch = new Scratch();
        Assert.Contains("can't be opened", Broken(scratch.PathTo("none.csv")).Found, StringComparison.Ordinal);
        Assert.Contains("without *.csv", Broken(scratch.Folder).Found, StringComparison.Ordinal);
        scratch.Write("corporate-actions.csv", "date,symbol,kind,numerator,denominator,amount,close\n");
        Assert.Contains("no file of bars or trades", Broken(scratch.Folder).Found, StringComparison.Ordinal);
        Assert.Contains("can't be opened", Broken(scratch.PathTo("corporate-actions.csv/A.csv")).Found, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_unreadable_folder_or_file_is_broken_input()
    {
        if (OperatingSystem.IsWindows()) return; // no such modes there
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        using var scratch = new Scratch();
        var file = scratch.Write("A.csv", Header);
        File.SetUnixFileMode(file, UnixFileMode.None);
        File.SetUnixFileMode(scratch.Folder, Own | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using (PlainUser.OrNull()) Assert.Contains("can't be opened", Broken(file).Found, StringComparison.Ordinal);
        File.SetUnixFileMode(scratch.Folder, UnixFileMode.None);
        using (PlainUser.OrNull()) Assert.Contains("can't be read", Broken(scratch.Folder).Found, StringComparison.Ordinal);
        File.SetUnixFileMode(scratch.Folder, Own);
    }

    [Fact]
    public async Task A_gz_cut_in_its_middle_is_read_so_far_and_then_named_with_the_line_reached()
    {
        using var scratch = new Scratch();
        var lines = string.Concat(
            Enumerable.Range(0, 20_000).Select(i => $"{1_381_104_000_000 + (i * 997L)},{1 + (i * 7919 % 1000 / 1000.0)},{i * 31 % 977}\n"));
        var path = scratch.Write("A.csv.gz", "ts_ms_utc,price,size\n" + lines);
        var packed = File.ReadAllBytes(path);
        File.WriteAllBytes(path, packed[..(packed.Length / 2)]);

        var sink = new MemorySink();
        var replay = new FileReplay(new FileReplayOptions { Paths = [path] }, TimeProvider.System);
        var error = await Assert.ThrowsAsync<BrokenInputException>(() => replay.RunAsync(sink, [], CancellationToken.None));
        var count = sink.Records.OfType<Tick>().Count();
        Assert.InRange(count, 5_000, 15_000);
        Assert.Equal($"{path}:{count + 2}", error.Where);
        Assert.Contains("truncated or damaged", error.Found, StringComparison.Ordinal);
        Assert.Equal(Replayed.SequenceOf(sink.Records[^1]), sink.Positions[^1].Sequence);
    }

    [Theory]
    [InlineData("2013-10-04,2,2,2,2,2", "second bar")]
    [InlineData("2013-10-03,1,1,1,1,1", "after 2013-10-04T20:00:00Z")]
    [InlineData("2013-10-07,NaN,1,1,1,1", "open 'NaN'")]
    [InlineData("2013-10-07,1,1,1,0,1", "close '0'")]
    [InlineData("2013-10-07,1,1,-1,1,1", "low '-1'")]
    [InlineData("2013-10-05,1,1,1,1,1", "a day without a session")]
    [InlineData("\0\u0001\u0002", "1 fields")]
    public void A_line_that_makes_no_sense_is_a_dead_letter_with_file_and_line_and_the_run_goes_on(string line, string found)
    {
        using var scratch = new Scratch();
        var path = scratch.Write("A.csv", $"{Header}{First}{line}\n2013-10-08,1,1,1,1,1\n");
        var sink = scratch.Replay();
        var letter = Assert.Single(sink.DeadLetters);
        Assert.Equal(("A", $"{path}:3", line), (letter.Key, letter.Where, Encoding.UTF8.GetString(letter.Bytes)));
        Assert.Contains(found, letter.Found, StringComparison.Ordinal);
        Assert.Equal(2, sink.Records.OfType<SourceBar>().Count());
    }

    [Fact]
    public void A_volume_over_int32_and_a_price_jump_of_a_million_are_real()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"{Header}{First}2013-10-07,1000000,1000000,1000000,1000000,3000000000\n");
        var sink = scratch.Replay();
        Assert.Empty(sink.DeadLetters);
        Assert.Equal(3_000_000_000, sink.Records.OfType<SourceBar>().Last().Volume);
    }

    [Theory]
    [InlineData("A/B", 1)]
    [InlineData("A", 300)]
    public void A_symbol_that_is_none_is_a_dead_letter_under_the_name_of_its_file(string part, int times)
    {
        using var scratch = new Scratch();
        var symbol = string.Concat(Enumerable.Repeat(part, times));
        scratch.Write("iex_ticks_x.csv", $"ts_ms_utc,symbol,price,size\n1381104000000,{symbol},1,1\n1381104000000,A,1,1\n");
        var sink = scratch.Replay();
        Assert.Equal("iex_ticks_x.csv", Assert.Single(sink.DeadLetters).Key);
        Assert.Single(sink.Records.OfType<Tick>());
    }

    [Fact]
    public void Of_a_line_of_10_MB_the_dead_letter_keeps_4096_bytes()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"{Header}{First}{new string('9', 10_000_000)}\n2013-10-08,1,1,1,1,1\n");
        var sink = scratch.Replay();
        var letter = Assert.Single(sink.DeadLetters);
        Assert.Equal((LineParser.MaxLineBytes, "a line of more than 4096 bytes"), (letter.Bytes.Length, letter.Found));
        Assert.Equal(2, sink.Records.OfType<SourceBar>().Count());
    }

    [Fact]
    public void All_wrong_options_are_told_at_once()
    {
        var error = Assert.Throws<ConfigurationException>(() => new FileReplay(
            new FileReplayOptions
            {
                SourceName = "A/B",
                SpeedFactor = 0,
                DefaultCalendar = "moon",
                WatermarkStepSeconds = 7,
                PositionEveryRecords = 0
            },
            TimeProvider.System));
        foreach (var part in new[] { "no path", "'A/B'", "speed factor 0", "'moon'", "in seconds 7", "records a position 0" })
        {
            Assert.Contains(part, error.Found, StringComparison.Ordinal);
        }
    }

    static BrokenInputException Broken(string path) =>
        Assert.Throws<BrokenInputException>(() => Replays.Of(new FileReplayOptions { Paths = [path] }));
}
