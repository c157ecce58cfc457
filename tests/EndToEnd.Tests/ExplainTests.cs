using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary><c>kstock explain</c>, <c>compare</c> and <c>leaks</c> as a user runs them.</summary>
public sealed class ExplainTests
{
    const string What = "AAPL/1d/csv@2001-05-08";

    [Fact]
    public async Task A_forecast_can_be_named_by_its_time_too()
    {
        var byDay = (await Kstock.RunAsync("explain", What, "--retrain", "never")).Expect(0).Output;
        var byTime = (await Kstock.RunAsync("explain", "AAPL/1d/csv@2001-05-08T20:00:00Z", "--retrain", "never")).Expect(0).Output;
        Assert.Equal(byDay, byTime);
        Assert.Contains("Strategies (served: aggregate)", byDay, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_month_s_promotion_it_names_the_model()
    {
        var text = (await Kstock.RunAsync("explain", "IBM/1d/csv@2003-06-02", "--symbols", "IBM")).Expect(0).Output;
        Assert.DoesNotContain("Promotions so far: 0", text, StringComparison.Ordinal);
        Assert.Matches(@"batch +\d+\.\d+ .*model [0-9a-f]{12}\+0", text);
    }

    [Theory]
    [InlineData(2, "expected for example", "AAPL@2001-05-08")]
    [InlineData(2, "expected for example", "AAPL/1d/csv@yesterday")]
    [InlineData(4, "expected one made from 2000-05-25", "AAPL/1d/csv@2020-05-08")]
    [InlineData(4, "expected a series of AAPL, ", "NONE/1d/csv@2001-05-08")]
    public async Task What_cannot_be_explained_is_said(int code, string said, string what)
    {
        var run = (await Kstock.RunAsync("explain", what, "--retrain", "never")).Expect(code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_writes_its_table_and_page()
    {
        using var scratch = new Scratch();
        (await Kstock.RunAsync(
            "compare", "--symbols", "MSFT", "--to", "2003-12-31",
            "--csv", scratch.PathTo("compare.csv"), "--html", scratch.PathTo("compare.html")))
            .Expect(0);
        var lines = scratch.Read("compare.csv").Split("\r\n");
        Assert.Equal(
            ["naive", "drift", "online", "batch", "hybrid", "ar1", "ridge", "aggregate"],
            lines[1..^1].Select(line => line.Split(',')[1]));
        Assert.Contains("Processor seconds", scratch.Read("compare.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaks_has_a_line_a_mistake()
    {
        using var scratch = new Scratch();
        File.Copy(Path.Combine(Kstock.Data, "IBM.csv"), scratch.PathTo("IBM.csv"));
        var lines = (await Kstock.RunAsync("leaks", "--json", "--from-files", scratch.Folder)).Expect(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(11, lines.Select(line => JsonNode.Parse(line)!["mistake"]!.GetValue<string>()).Distinct().Count());
    }
}
