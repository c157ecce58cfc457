using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Kafka.Stock.Cli.Tests;

/// <summary>What the verbs that read files make of data that lack what was asked for.</summary>
[Collection(nameof(InvocationTests))]
public sealed class FilesInputTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("backtest")]
    [InlineData("compare")]
    [InlineData("explain", "AAA/1d/csv@2010-05-06")]
    [InlineData("batch", "train")]
    public async Task A_reference_that_is_not_among_the_data_is_wrong_usage_and_not_zeros(params string[] verb)
    {
        _scratch.Write("AAA", 120);
        _scratch.Write("BBB", 120);
        var (code, output, error) = await CommandLine.RunAsync([.. verb, .. From(verb), "--reference", "SPY"]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains($"--reference: found SPY, not among {_scratch.Path}; expected one of AAA, BBB, or none", error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leaks")]
    [InlineData("controls")]
    public async Task A_verb_that_has_no_use_for_a_reference_refuses_one(string verb)
    {
        _scratch.Write("AAA", 120);
        var (code, output, error) = await CommandLine.RunAsync(verb, "--from-files", _scratch.Path, "--reference", "AAA");
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains("--reference: found AAA; expected none: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("explain", "AAA/1d/csv@2010-05-06")]
    public async Task A_reference_that_begins_later_and_ends_earlier_is_told_with_its_days(params string[] verb)
    {
        _scratch.Write("AAA", 120);
        _scratch.Write("SPY", 60, skip: 30);
        var days = SamplePrices.Walk("SPY", 120).Select(line => line[..10]).ToList();
        var (code, _, error) = await CommandLine.RunAsync([.. verb, .. From(verb), "--reference", "SPY"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains(
            $"kstock: reference SPY: found bars from {days[30]} to {days[89]}; expected them from {days[0]} to {days[119]}, as the others "
                + "have them: where it has none its features are zeros\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "kstock: reference", (await CommandLine.RunAsync([.. verb, .. From(verb), "--reference", "AAA"])).Error,
            StringComparison.Ordinal);
    }

    /// <summary>The comparison read the bars of the reference and kept them from the folds.</summary>
    [Fact]
    public async Task A_comparison_hands_the_reference_to_the_folds()
    {
        _scratch.Write("AAA", 200);
        _scratch.Write("SPY", 200);
        string[] call = ["compare", "--from-files", _scratch.Path, "--score-from-bar", "70", "--retrain", "never", "--json"];
        var with = Scores(await CommandLine.DoneAsync([.. call, "--reference", "SPY"]), "ridge");
        var backtest = JsonNode.Parse(await CommandLine.DoneAsync([
            "backtest", "--from-files", _scratch.Path, "--score-from-bar", "70", "--retrain", "never", "--json", "--reference", "SPY"]))!;
        var same = backtest["rows"]!.AsArray().Single(row => (string)row!["strategy"]! == "ridge" && (double)row["level"]! == 0.9)!;
        Assert.Equal((double)same["mae"]!, (double)with["mae"]!);
        Assert.NotEqual((double)Scores(await CommandLine.DoneAsync(call), "ridge")["mae"]!, (double)with["mae"]!);

        static JsonNode Scores(string output, string strategy) => output.TrimEnd('\n').Split('\n')
            .Select(line => JsonNode.Parse(line)!["scores"]!).Single(scores => (string)scores["strategy"]! == strategy);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("compare")]
    [InlineData("explain", "AAA/1d/csv@2010-05-06")]
    public async Task A_symbol_that_is_not_among_the_data_is_wrong_usage_even_beside_one_that_is(params string[] verb)
    {
        _scratch.Write("AAA", 120);
        var (code, output, error) = await CommandLine.RunAsync([.. verb, .. From(verb), "--symbols", "AAA,ZZZ"]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains($"--symbols: found ZZZ, not among {_scratch.Path}; expected some of AAA", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_that_is_not_among_the_data_is_told_with_those_that_are()
    {
        _scratch.Write("AAA", 120);
        var (code, _, error) = await CommandLine.RunAsync("explain", "ZZZ/1d/csv@2010-05-06", "--from-files", _scratch.Path);
        Assert.Equal(ExitCode.BrokenInput, code);
        Assert.Contains($"found no bar of ZZZ in {_scratch.Path}; expected a series of AAA", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bars_of_an_interval_that_no_file_has_are_broken_input()
    {
        _scratch.Write("AAA", 120);
        var (code, _, error) = await CommandLine.RunAsync("backtest", "--from-files", _scratch.Path, "--interval", "5m");
        Assert.Equal(ExitCode.BrokenInput, code);
        Assert.Contains("found no bar of 5m, but 1d; expected bars of 5m", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("compare")]
    [InlineData("explain", "AAA/1d/csv@2010-05-06")]
    [InlineData("leaks")]
    [InlineData("controls")]
    [InlineData("batch", "train")]
    public async Task A_file_of_a_header_alone_is_broken_input(params string[] verb)
    {
        _scratch.Write("AAA.csv", SamplePrices.Header);
        var (code, output, error) = await CommandLine.RunAsync([.. verb, .. From(verb)]);
        Assert.Equal((ExitCode.BrokenInput, ""), (code, output));
        Assert.Contains($"{_scratch.Path}: found no line below the header; expected bars or trades", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1990-01-01", "backtest")]
    [InlineData("2040-01-01", "compare")]
    [InlineData("1990-01-01", "explain", "AAA/1d/csv@2010-05-06")]
    [InlineData("2040-01-01", "batch", "train")]
    public async Task A_day_to_train_until_that_no_calendar_knows_is_wrong_usage(string day, params string[] verb)
    {
        var (code, _, error) = await CommandLine.RunAsync([.. verb, .. From(verb), "--train-until", day]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--train-until: found {day}; expected a day from 1998-01-01 to ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("compare")]
    public async Task A_range_that_ends_before_it_begins_is_wrong_usage(string verb)
    {
        var (code, _, error) = await CommandLine.RunAsync(verb, "--from", "2012-01-01", "--to", "2011-12-31");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--from: found 2012-01-01, after --to 2011-12-31; expected that day or one before it", error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "found no forecast, as no series has 61 bars in a row; expected some with a label, made at or after bar 500")]
    [InlineData(120, "found 60 forecasts, made on 2010-03-31 to 2010-06-24; expected some with a label, made at or after bar 500")]
    [InlineData(120, "expected some with a label, made at or after bar 500 of a series, from 2020-01-01 on", "--from", "2020-01-01")]
    [InlineData(120, "made at or after bar 70 of a series, until 2009-01-01", "--to", "2009-01-01", "--score-from-bar", "70")]
    public async Task A_run_that_scores_nothing_says_why(int bars, string why, params string[] options)
    {
        _scratch.Write("AAA", bars);
        var backtest = await CommandLine.RunAsync(["backtest", "--from-files", _scratch.Path, "--retrain", "never", .. options]);
        Assert.Equal(ExitCode.Done, backtest.Code);
        Assert.Contains(why, backtest.Error, StringComparison.Ordinal);
        var compare = await CommandLine.RunAsync(["compare", "--from-files", _scratch.Path, "--retrain", "never", .. options]);
        Assert.Equal((ExitCode.BrokenInput, ""), (compare.Code, compare.Output));
        Assert.Contains(why, compare.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("controls", "--short")]
    [InlineData("leaks")]
    public async Task Prices_that_stand_still_are_broken_input_where_a_skill_is_looked_for(params string[] verb)
    {
        _scratch.Write("AAA.csv", SamplePrices.Still(2_200));
        var (code, output, error) = await CommandLine.RunAsync([.. verb, "--from-files", _scratch.Path]);
        Assert.Equal((ExitCode.BrokenInput, ""), (code, output));
        Assert.Contains("found closes that never move; expected daily bars of prices that do", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest", "--html")]
    [InlineData("backtest", "--report")]
    [InlineData("compare", "--csv")]
    public async Task A_file_that_cannot_be_written_ends_the_verb_before_it_has_run(string verb, string option)
    {
        // A folder of the name under which the file is begun: nobody can write a file there, whatever his rights.
        Directory.CreateDirectory(_scratch.PathTo("out.part"));
        var (code, output, error) = await CommandLine.RunAsync(verb, option, _scratch.PathTo("out"));
        Assert.Equal((ExitCode.BrokenInput, ""), (code, output));
        Assert.StartsWith($"kstock: {_scratch.PathTo("out")}: found that it can't be written (", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("compare")]
    public async Task All_lines_that_were_left_out_are_counted_and_the_first_are_named(string verb)
    {
        _scratch.Write("AAA.csv",
            SamplePrices.Header + string.Concat(SamplePrices.Walk("AAA", 120)) + string.Concat(Enumerable.Repeat("x,1,1,1,1,1\n", 25)));
        var (_, _, error) = await CommandLine.RunAsync(verb, "--from-files", _scratch.Path, "--retrain", "never", "--score-from-bar", "70");
        Assert.Contains($"left out: {_scratch.PathTo("AAA.csv")}:122: found dt 'x'", error, StringComparison.Ordinal);
        Assert.Contains("left out: 5 lines more; 'kstock validate' shows all of them", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_a_byte_order_mark_and_gzip_make_no_difference()
    {
        using var same = new Scratch();
        var text = SamplePrices.Header + string.Concat(SamplePrices.Walk("AAA", 120));
        _scratch.Write("AAA.csv", text);
        var expected = await ForecastsAsync(_scratch.Path);
        same.Write("AAA.csv", "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(expected, await ForecastsAsync(same.Path));
        File.Delete(same.PathTo("AAA.csv"));
        await using (var zipped = new GZipStream(File.Create(same.PathTo("AAA.csv.gz")), CompressionLevel.Fastest))
            await zipped.WriteAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, await ForecastsAsync(same.Path));
        Assert.True(expected.Split('\n').Length > 1_000);

        async Task<string> ForecastsAsync(string folder)
        {
            var file = _scratch.PathTo("forecasts.out");
            await CommandLine.DoneAsync(
                "backtest", "--from-files", folder, "--retrain", "never", "--score-from-bar", "1", "--forecasts", file);
            return await File.ReadAllTextAsync(file);
        }
    }

    [Fact]
    public async Task An_explanation_says_how_many_promotions_it_shows_of_how_many_and_json_has_all()
    {
        string[] call = ["explain", "IBM/1d/csv@2005-05-06", "--symbols", "IBM"];
        var json = JsonNode.Parse(await CommandLine.DoneAsync([.. call, "--json"]))!["promotions"]!.AsArray();
        Assert.True(json.Count > 12, $"{json.Count} promotions: too few for this test");
        var text = (await CommandLine.DoneAsync(call)).Split('\n');
        var at = Array.IndexOf(text, $"Promotions so far: {json.Count}, the last 12 of them; --json has all");
        Assert.True(at > 0, string.Join('\n', text));
        Assert.Equal(
            json.TakeLast(12).Select(one => ((string)one!["model_id"]!)[..12]), text[(at + 1)..(at + 13)].Select(line => line[2..14]));

        var early = (await CommandLine.DoneAsync("explain", "IBM/1d/csv@2003-05-06", "--symbols", "IBM")).Split('\n');
        Assert.Contains(early, line => line.StartsWith("Promotions so far: ", StringComparison.Ordinal)
            && !line.Contains("last", StringComparison.Ordinal));
    }

    /// <summary>A batch job reads its files before it asks for a broker.</summary>
    string[] From(string[] verb) =>
        verb[0] == "batch" ? [_scratch.Path, "--bootstrap", "127.0.0.1:1"] : ["--from-files", _scratch.Path];
}
