using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class CorporateActionTests
{
    const string Header = "dt,open,high,low,close,volume\n";
    const string Actions = "date,symbol,kind,numerator,denominator,amount,close\n";
    const string Bars = Header + "2014-06-06,645,650,640,645,1\n2014-06-09,93,94,92,93,7\n2014-06-10,94,95,93,94,7\n";

    [Fact]
    public void A_split_comes_at_midnight_of_its_day_before_the_first_bar_at_the_new_price()
    {
        using var scratch = new Scratch();
        scratch.Write("AAPL.csv", Bars);
        scratch.Write("corporate-actions.csv", Actions + "2014-06-09,AAPL,split,7,1,,\n2014-06-09,MSFT,split,2,1,,\n");
        var records = scratch.Replay().Records;
        Assert.Equal(["SourceBar", "CorporateAction", "SourceBar", "SourceBar", "Watermark"],
            records.Select(record => record.GetType().Name));
        var split = records.OfType<CorporateAction>().Single();
        var midnightUs = (long)(new DateTime(2014, 6, 9, 4, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
        Assert.Equal(("AAPL", "csv", CorporateActionKind.Split, midnightUs, 1.0 / 7, 7.0),
            (split.Symbol, split.Source, split.Kind, split.EffectiveUs, split.PriceFactor, split.VolumeFactor));
        Assert.True(split.Sequence > ((SourceBar)records[0]).Sequence && split.Sequence < ((SourceBar)records[2]).Sequence);
    }

    [SkippableFact]
    public void A_split_comes_before_the_premarket_of_its_day()
    {
        using var scratch = new Scratch();
        foreach (var day in (string[])["2014-06-06", "2014-06-09"])
            scratch.Write($"AAPL_{day}.csv", File.ReadAllText(SharedFiles.PathTo($"data/minute/AAPL_{day}.csv")));
        scratch.Write("corporate-actions.csv", Actions + "2014-06-09,AAPL,split,7,1,,\n");
        var records = scratch.Replay().Records;
        var split = records.ToList().FindIndex(record => record is CorporateAction);
        Assert.All(records.Take(split).OfType<SourceBar>(), bar => Assert.InRange(bar.Close.ToDouble(), 600, 700));
        Assert.All(records.Skip(split).OfType<SourceBar>(), bar => Assert.InRange(bar.Close.ToDouble(), 90, 100));
        Assert.Equal(834, records.Skip(split).OfType<SourceBar>().Count());
    }

    [Fact]
    public void It_is_found_beside_a_file_named_alone_and_its_bad_lines_are_dead_letters()
    {
        using var scratch = new Scratch();
        var data = scratch.Write("AAPL.csv", Bars);
        var path = scratch.Write("corporate-actions.csv", Actions + "2014-06-08,AAPL,split,7,1,,\nbad\n2014-06-09,AAPL,split,7,1,,\n");
        var sink = Replays.Of(new FileReplayOptions { Paths = [data] });
        Assert.Single(sink.Records.OfType<CorporateAction>());
        Assert.Equal([$"{path}:2", $"{path}:3"], sink.DeadLetters.Select(letter => letter.Where));
        Assert.Contains("a day without a session", sink.DeadLetters[0].Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_any_history_it_is_left_out_and_after_a_resume_it_is_not()
    {
        using var scratch = new Scratch();
        var early = scratch.Write("AAPL_2014-06-06.csv", Header + "2014-06-06,645,650,640,645,1\n");
        var late = scratch.Write("AAPL_2014-06-09.csv", Header + "2014-06-09,93,94,92,93,7\n");
        scratch.Write("corporate-actions.csv", Actions + "2014-06-09,AAPL,split,7,1,,\n");
        Assert.Empty(Replays.Of(new FileReplayOptions { Paths = [late] }).Records.OfType<CorporateAction>());
        var first = Replays.Of(new FileReplayOptions { Paths = [early] });
        Assert.Single(Replays.Of(new FileReplayOptions { Paths = [late] }, [.. first.Positions]).Records.OfType<CorporateAction>());
        Assert.Single(Replays.Of(new FileReplayOptions { Paths = [scratch.Folder] }, [.. first.Positions])
            .Records.OfType<CorporateAction>());
    }

    [Fact]
    public void It_touches_every_source_of_its_folder_that_has_the_symbol()
    {
        using var scratch = new Scratch();
        scratch.Write("AAPL.csv", Bars);
        scratch.Write("iex_ticks_1.csv", "ts_ms_utc,symbol,price,size\n1402061400000,AAPL,645,1\n1402320600000,AAPL,93,1\n");
        scratch.Write("corporate-actions.csv", Actions + "2014-06-09,aapl,split,7,1,,\n");
        var sink = scratch.Replay();
        Assert.Equal(["csv", "iex"], sink.Records.OfType<CorporateAction>().Select(action => action.Source));
        Replayed.AssertRules(sink);
    }

    [Fact]
    public void A_file_of_that_name_with_other_columns_is_broken_input()
    {
        using var scratch = new Scratch();
        scratch.Write("AAPL.csv", Bars);
        scratch.Write("corporate-actions.csv", Bars);
        Assert.Contains("without splits and dividends", Assert.Throws<BrokenInputException>(scratch.Replay)
            .Found, StringComparison.Ordinal);
    }
}
