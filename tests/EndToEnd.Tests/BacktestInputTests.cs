using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>What a backtest makes of prices that something is wrong with: a clear error with file and line, or a defined result, and
/// nothing that isn't finite.</summary>
public sealed class BacktestInputTests
{
    const int Rows = 120;

    [Theory]
    [InlineData("constant", 60)]
    [InlineData("jump", 60)]
    [InlineData("million", 60)]
    [InlineData("no volume", 60)]
    public async Task Odd_prices_that_can_be_have_finite_forecasts(string kind, int forecasts)
    {
        using var scratch = new Scratch();
        Write(scratch, kind);
        var (json, rows) = await RunAsync(scratch);
        Assert.Equal(forecasts, json["forecasts"]!.GetValue<int>());
        Assert.All(rows, AllFinite);
    }

    [Theory]
    [InlineData("zero", "X.csv:52")]
    [InlineData("negative", "X.csv:52")]
    [InlineData("nan", "X.csv:52")]
    [InlineData("twice", "X.csv:52")]
    [InlineData("backwards", "X.csv:52")]
    public async Task A_line_that_cannot_be_is_left_out_and_named_with_file_and_line(string kind, string where)
    {
        using var scratch = new Scratch();
        Write(scratch, kind);
        var run = (await Kstock.RunAsync("backtest", "--from-files", scratch.Folder, "--retrain", "never", "--json")).Expect(0);
        Assert.Contains(where, run.Error, StringComparison.Ordinal);
        Assert.Contains("expected", run.Error, StringComparison.Ordinal);
        Assert.Equal(kind is "twice" or "backwards" ? 60 : 59, JsonNode.Parse(run.LastLine)!["forecasts"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("missing days", 58)]
    [InlineData("hole", 0)]
    [InlineData("ten rows", 0)]
    public async Task Missing_days_are_no_fault_a_hole_restarts_and_ten_rows_warm_nothing(string kind, int forecasts)
    {
        using var scratch = new Scratch();
        Write(scratch, kind);
        var (json, rows) = await RunAsync(scratch);
        Assert.Equal(forecasts, json["forecasts"]!.GetValue<int>());
        Assert.All(rows, AllFinite);
    }

    [Fact]
    public async Task A_training_range_without_rows_is_refused_with_what_would_do()
    {
        using var scratch = new Scratch();
        Write(scratch, "constant");
        var run = (await Kstock.RunAsync("backtest", "--from-files", scratch.Folder, "--train-until", "2010-02-01")).Expect(3);
        Assert.Contains("train-until", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_without_one_row_that_makes_sense_are_broken_input()
    {
        using var scratch = new Scratch();
        scratch.Write("X.csv", "dt,open,high,low,close,volume\n2010-01-04,a,b,c,d,e\n");
        var run = (await Kstock.RunAsync("backtest", "--from-files", scratch.Folder)).Expect(4);
        Assert.Contains("X.csv:2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbol_that_no_file_has_is_wrong_usage()
    {
        var run = (await Kstock.RunAsync("backtest", "--symbols", "NOSUCH")).Expect(2);
        Assert.Contains("--symbols: found NOSUCH", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_broken_input() =>
        Assert.Contains("nowhere", (await Kstock.RunAsync("backtest", "--from-files", "nowhere/")).Expect(4).Error,
            StringComparison.Ordinal);

    static async Task<(JsonNode Json, string[] Rows)> RunAsync(Scratch scratch)
    {
        var forecasts = scratch.PathTo("forecasts.out");
        var run = (await Kstock.RunAsync(
            "backtest", "--from-files", scratch.Folder, "--retrain", "never", "--forecasts", forecasts, "--json", "--html",
                scratch.PathTo("page"),
            "--score-from-bar", "1")).Expect(0);
        Assert.DoesNotContain("NaN", scratch.Read("page"), StringComparison.Ordinal);
        return (JsonNode.Parse(run.LastLine)!, (await File.ReadAllLinesAsync(forecasts))[1..]);
    }

    static void AllFinite(string row)
    {
        var fields = row.Split(',');
        foreach (var column in (int[])[7, 8, 10, 11, 13])
        {
            if (fields[column].Length == 0) continue;
            Assert.True(double.IsFinite(double.Parse(fields[column], CultureInfo.InvariantCulture)), row);
        }

        Assert.NotEmpty(fields[8]);
        if (fields[12] != "unbounded") Assert.False(fields[10].Length == 0 || fields[11].Length == 0, row);
    }

    static void Write(Scratch scratch, string kind)
    {
        var text = new StringBuilder("dt,open,high,low,close,volume\n");
        var day = new DateOnly(2010, 1, 4);
        var count = kind == "ten rows" ? 10 : Rows;
        for (var i = 0; i < count; day = day.AddDays(1))
        {
            if (!Calendars.UsEquitiesCalendar.Instance.TryGetSession(day, out _)) continue;
            foreach (var line in Lines(kind, i++, day)) text.Append(line).Append('\n');
        }

        scratch.Write("X.csv", text.ToString());
    }

    static IEnumerable<string> Lines(string kind, int i, DateOnly day)
    {
        var price = kind switch
        {
            "constant" => 100,
            "jump" => i < 70 ? 100 + i : 25 + (0.25 * i),
            "million" => i == 70 ? 1e8 : 100 + i,
            _ => 100 + (i % 5),
        };
        var isOdd = i == 50;
        var shown = isOdd ? day : day.AddDays(kind == "hole" && i >= 60 ? 60 : 0);
        if (kind == "hole" && i >= 60 && !Calendars.UsEquitiesCalendar.Instance.TryGetSession(shown, out _)) yield break;
        if (kind == "missing days" && (i is 80 or 90)) yield break;
        var close = isOdd ? kind switch { "zero" => "0", "negative" => "-4.2", "nan" => "NaN", _ => Text(price) } : Text(price);
        if (isOdd && (kind is "twice" or "backwards")) yield return Row(i - 1, kind == "twice" ? day.AddDays(-1) : day.AddDays(-5));
        yield return $"{shown:yyyy-MM-dd},{Text(price)},{Text(price + 0.5)},{Text(price - 0.5)},{close},{(kind == "no volume" ? 0 : 1000)}";

        string Row(int at, DateOnly on) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{on:yyyy-MM-dd},{100 + (at % 5)},{101 + (at % 5)},{99 + (at % 5)},{100 + (at % 5)},1000");
    }

    static string Text(double price) => price.ToString("R", CultureInfo.InvariantCulture);
}
