using System.Globalization;
using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary><c>kstock backtest</c> as a user runs it.</summary>
public sealed class BacktestTests
{
    [SkippableFact]
    public async Task Its_scores_are_recomputed_from_the_price_files_alone_and_agree()
    {
        ForeignTool.RequirePython();
        using var scratch = new Scratch();
        var (forecasts, report) = (scratch.PathTo("forecasts.csv"), scratch.PathTo("report.csv"));
        var run = (await Kstock.RunAsync(
            "backtest", "--interval", "1d", "--symbols", "AAPL,IBM", "--to", "2004-12-31", "--forecasts", forecasts, "--report", report,
            "--json")).Expect(0);
        var json = JsonNode.Parse(run.LastLine)!;
        Assert.Equal(2, json["series"]!.GetValue<int>());
        Assert.True(json["promotions"]!.GetValue<int>() > 0);
        var result = JsonNode.Parse(await ForeignTool.PythonAsync("recompute_forecasts.py", forecasts, report, Kstock.Data))!;
        Assert.Equal(0, result["different"]!.GetValue<int>());
        Assert.True(result["labels"]!.GetValue<int>() > 40_000);
        Assert.True(result["numbers"]!.GetValue<int>() > 1_000);
    }

    [SkippableFact]
    public async Task The_independent_script_finds_a_score_that_is_wrong()
    {
        ForeignTool.RequirePython();
        using var scratch = new Scratch();
        var (forecasts, report) = (scratch.PathTo("forecasts.csv"), scratch.PathTo("report.csv"));
        (await Kstock.RunAsync(
            "backtest", "--interval", "1d", "--symbols", "IBM", "--to", "2003-12-31", "--retrain", "never",
            "--forecasts", forecasts, "--report", report)).Expect(0);
        var lines = await File.ReadAllLinesAsync(report);
        var column = Array.IndexOf(lines[0].Split(','), "mase");
        var fields = lines[^1].Split(',');
        fields[column] = (double.Parse(fields[column], CultureInfo.InvariantCulture) + 1e-6).ToString("R", CultureInfo.InvariantCulture);
        lines[^1] = string.Join(',', fields);
        await File.WriteAllLinesAsync(report, lines);
        var ended = await ChildProcess.RunAsync(
            scratch.Folder, "/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "recompute_forecasts.py"), forecasts, report,
                Kstock.Data);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("\"different\": 1", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from-topics: found no broker", "--from-topics")]
    [InlineData("--from-topics: found --from-files beside it", "--from-topics", "--from-files", ".", "--bootstrap", "127.0.0.1:1")]
    [InlineData("--from: found 2010-13-01", "--from", "2010-13-01")]
    [InlineData("--retrain: found weekly", "--retrain", "weekly")]
    [InlineData("--report: found no folder", "--report", "no/such/folder/report.csv")]
    public async Task What_makes_no_sense_is_said_before_anything_runs(string said, params string[] arguments)
    {
        var run = (await Kstock.RunAsync(["backtest", .. arguments])).Expect(2);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_folders_of_the_same_symbol_are_two_series_of_two_sources()
    {
        using var scratch = new Scratch();
        var other = Directory.CreateDirectory(scratch.PathTo("other")).FullName;
        File.Copy(Path.Combine(Kstock.Data, "IBM.csv"), Path.Combine(other, "IBM.csv"));
        var report = scratch.PathTo("report.csv");
        (await Kstock.RunAsync(
            "backtest", "--from-files", Kstock.Data, "--from-files", other + "/=other", "--symbols", "IBM", "--to", "2003-06-30",
            "--retrain", "never", "--report", report)).Expect(0);
        var series = (await File.ReadAllLinesAsync(report)).Skip(1).Select(line => line.Split(',')[1]).Distinct();
        Assert.Equal(["pooled", "IBM/1d/csv", "IBM/1d/other"], series);
    }

    [Fact]
    public async Task The_page_stands_alone_and_is_the_same_twice()
    {
        using var scratch = new Scratch();
        string[] arguments = ["backtest", "--interval", "1d", "--symbols", "MSFT", "--to", "2003-12-31", "--html"];
        (await Kstock.RunAsync([.. arguments, scratch.PathTo("first.html")])).Expect(0);
        (await Kstock.RunAsync([.. arguments, scratch.PathTo("second.html")])).Expect(0);
        var page = scratch.Read("first.html");
        Assert.Equal(page, scratch.Read("second.html"));
        Assert.Contains("</html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scratch.Folder, "*.part"));
    }
}
