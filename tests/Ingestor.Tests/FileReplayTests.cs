using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class FileReplayTests
{
    const string DailyHeader = "dt,open,high,low,close,volume\n";
    const string TradeHeader = "ts_ms_utc,price,size\n";
    const long DayMs = 1_381_104_000_000; // 2013-10-07T00:00Z
    const long OpenMs = DayMs + ((13 * 60) + 30) * 60_000;

    [Fact]
    public void Trades_of_a_minute_are_closed_when_the_merge_passes_it_and_before_the_next_trade()
    {
        using var scratch = new Scratch();
        scratch.Write("x_ticks_1.csv",
            $"ts_ms_utc,symbol,price,size\n{OpenMs},A,1,1\n{OpenMs + 59_999},B,1,1\n{OpenMs + 60_000},A,2,1\n{OpenMs + 200_000},B,2,1\n");
        Assert.Equal(
            ["tick A 0", "tick B 59999", "mark A 60000", "mark B 60000", "tick A 60000", "mark A 120000", "tick B 200000", "mark B 240000"],
            scratch.Replay().Records.Select(Short));
    }

    [Fact]
    public void A_file_of_bars_has_one_watermark_at_its_end_and_files_that_follow_have_their_own()
    {
        using var scratch = new Scratch();
        scratch.Write("A_2013-10-07.csv", $"ts_ms_utc,open,high,low,close,volume\n{OpenMs},1,1,1,1,1\n{OpenMs + 60_000},1,1,1,1,1\n");
        scratch.Write("A_2013-10-08.csv", $"ts_ms_utc,open,high,low,close,volume\n{OpenMs + 86_400_000},1,1,1,1,1\n");
        Assert.Equal(
            ["bar A 60000", "bar A 120000", "mark A 120000", "bar A 86460000", "mark A 86460000"], scratch.Replay().Records.Select(Short));
    }

    [Fact]
    public void Bars_and_trades_merge_by_the_end_of_a_bar_and_equal_times_by_symbol()
    {
        using var scratch = new Scratch();
        scratch.Write("B_2013-10-07.csv", $"ts_ms_utc,open,high,low,close,volume\n{OpenMs},1,1,1,1,1\n");
        scratch.Write("C.csv", $"{TradeHeader}{OpenMs},1,1\n{OpenMs + 60_000},1,1\n");
        scratch.Write("A.csv", $"{TradeHeader}{OpenMs + 60_000},1,1\n");
        Assert.Equal(
            ["tick C 0", "mark C 60000", "tick A 60000", "bar B 60000", "mark B 60000", "tick C 60000", "mark A 120000", "mark C 120000"],
            scratch.Replay().Records.Select(Short));
    }

    [Fact]
    public void A_daily_bar_comes_after_the_minutes_of_its_day()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", DailyHeader + "2013-10-04,1,1,1,1,1\n2013-10-07,1,1,1,1,1\n");
        scratch.Write("A_2013-10-07.csv",
            $"ts_ms_utc,open,high,low,close,volume\n{OpenMs},1,1,1,1,1\n{OpenMs + 389 * 60_000},1,1,1,1,1\n" +
            $"{OpenMs + 390 * 60_000},1,1,1,1,1\n");
        Assert.Equal(
            ["1d", "1m", "1d", "1m", "1m"], scratch.Replay().Records.OfType<SourceBar>().Select(bar => bar.Interval));
    }

    [Fact]
    public void Numbers_do_not_depend_on_which_other_days_are_read()
    {
        using var scratch = new Scratch();
        var monday = scratch.Write("A_2013-10-07.csv", $"{TradeHeader}{OpenMs},1,1\n{OpenMs},2,1\n");
        var tuesday = scratch.Write("A_2013-10-08.csv", $"{TradeHeader}{OpenMs + 86_400_000},1,1\n{OpenMs + 86_400_000},2,1\n");
        var both = Replays.Of(new FileReplayOptions { Paths = [monday, tuesday] }).Records;
        var alone = Replays.Of(new FileReplayOptions { Paths = [tuesday] }).Records;
        Assert.Equal(both.Skip(3), alone);
        Assert.Equal(6, both.Count);
    }

    [Fact]
    public void More_trades_in_one_microsecond_than_it_has_numbers_still_rise()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", TradeHeader + string.Concat(Enumerable.Repeat($"{OpenMs},1,1\n", 5_000)) + $"{OpenMs + 1},1,1\n");
        Replayed.AssertRules(scratch.Replay());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_merge_is_the_sort_of_all_files_whatever_their_order(int seed)
    {
        using var scratch = new Scratch();
        var random = new Lcg((uint)seed);
        List<(long Ms, string Symbol, int Line)> naive = [];
        foreach (var symbol in new[] { "D", "A", "C", "B" })
        {
            var ms = OpenMs;
            List<string> lines = [];
            for (var line = 0; line < 300; line++)
            {
                ms += random.Next(3) == 0 ? random.Next(90_000) : 0;
                lines.Add($"{ms},{line + 1},1");
                naive.Add((ms, symbol, line));
            }

            scratch.Write($"{symbol}.csv", TradeHeader + string.Join('\n', lines));
        }

        var sink = scratch.Replay();
        Replayed.AssertRules(sink);
        var expected = naive.OrderBy(entry => entry.Ms).ThenBy(entry => entry.Symbol, StringComparer.Ordinal).ThenBy(entry => entry.Line);
        Assert.Equal(
            expected.Select(entry => (entry.Ms * 1_000, entry.Symbol, entry.Line + 1L)),
            sink.Records.OfType<Tick>().Select(tick => (tick.EventTimeUs, tick.Symbol, tick.Price.Micros / Price.Unit)));
    }

    [Fact]
    public async Task Stopped_anywhere_and_resumed_it_publishes_the_rest_and_nothing_twice()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"{TradeHeader}{OpenMs},1,1\n{OpenMs},2,1\nbad\n{OpenMs + 61_000},3,1\n{OpenMs + 500_000},4,1\nbad\n");
        scratch.Write("B.csv", $"{TradeHeader}{OpenMs},1,1\n{OpenMs + 61_000},3,1\n");
        scratch.Write("C.csv", DailyHeader + "2013-10-04,1,1,1,1,1\n2013-10-07,1,1,1,1,1\n");
        var options = new FileReplayOptions { Paths = [scratch.Folder], PositionEveryRecords = 3 };
        var whole = Replays.Of(options);
        for (var cut = 0; cut <= whole.Records.Count; cut++)
        {
            using var first = new StoppingSink(cut);
            var replay = new FileReplay(options, TimeProvider.System);
            var run = replay.RunAsync(first, [], first.Stopping);
            if (cut < whole.Records.Count) await Assert.ThrowsAsync<OperationCanceledException>(() => run);
            else await run;

            var second = Replays.Of(
                options, [.. first.Memory.Positions.GroupBy(p => (p.Source, p.Symbol)).Select(group => group.Last())]);
            Assert.Equal(whole.Records, [.. first.Memory.Records, .. second.Records]);
        }
    }

    [Fact]
    public void A_finished_replay_resumed_is_silent_and_appended_lines_are_published()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", DailyHeader + "2013-10-04,1,1,1,1,1\nbad\n");
        var first = scratch.Replay();
        Assert.Single(first.DeadLetters);
        var again = Replays.Of(new FileReplayOptions { Paths = [scratch.Folder] }, [.. first.Positions]);
        Assert.Empty(again.Records);
        Assert.Empty(again.DeadLetters);
        Assert.Empty(again.Positions);

        File.AppendAllText(scratch.PathTo("A.csv"), "2013-10-07,1,1,1,1,1\n");
        Assert.Equal(["bar A", "mark A"], Replays.Of(new FileReplayOptions { Paths = [scratch.Folder] }, [.. first.Positions])
            .Records.Select(r => Short(r)[..5] == "bar A" ? "bar A" : "mark A"));
    }

    [Fact]
    public void The_same_bar_from_two_files_is_a_dead_letter()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", DailyHeader + "2013-10-04,1,1,1,1,1\n");
        scratch.Write("A.csv.gz", DailyHeader + "2013-10-04,2,2,2,2,2\n2013-10-07,3,3,3,3,3\n");
        var sink = scratch.Replay();
        Assert.Equal([1, 3], sink.Records.OfType<SourceBar>().Select(bar => bar.Close.ToDouble()));
        var letter = Assert.Single(sink.DeadLetters);
        Assert.Equal(scratch.PathTo("A.csv.gz") + ":2", letter.Where);
        Assert.Contains("a second bar A/1d/csv", letter.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_and_bar_length_are_options()
    {
        using var scratch = new Scratch();
        scratch.Write("A.csv", $"ts_ms_utc,open,high,low,close,volume\n{OpenMs},1,1,1,1,1\n");
        Assert.True(BarInterval.TryParse("5m", out var five));
        var bar = Replays.Of(new FileReplayOptions { Paths = [scratch.Folder], SourceName = "lab", IntradayBarLength = five })
            .Records.OfType<SourceBar>().Single();
        Assert.Equal(("lab", "5m", 300_000_000L), (bar.Source, bar.Interval, bar.EndUs - bar.StartUs));
    }

    [Fact]
    public void A_source_may_have_another_calendar()
    {
        using var scratch = new Scratch();
        scratch.Write("BTC-USD.csv", DailyHeader + "2013-10-05,1,1,1,1,1\n");
        Assert.Single(scratch.Replay().DeadLetters);
        var calendars = new Dictionary<string, string>(StringComparer.Ordinal) { ["csv"] = "24x7" };
        var options = new FileReplayOptions { Paths = [scratch.Folder], CalendarsBySource = calendars };
        Assert.Empty(Replays.Of(options).DeadLetters);
    }

    static string Short(object record)
    {
        var kind = record switch { Tick => "tick", SourceBar => "bar", Watermark => "mark", _ => "action" };
        return string.Create(
            CultureInfo.InvariantCulture, $"{kind} {Replayed.TrackOf(record).Symbol} {(Replayed.TimeOf(record) / 1_000) - OpenMs}");
    }
}
