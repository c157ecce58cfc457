namespace Kafka.Stock.Cli.Tests;

/// <summary><c>kstock backtest --from-lake</c>: a lake's memory of files is worth the files.</summary>
[Collection(nameof(InvocationTests))]
public sealed class BacktestFromLakeTests(SampleLake lake) : IClassFixture<SampleLake>
{
    [Theory]
    [InlineData]
    [InlineData("--retrain", "never", "--score-from-bar", "1", "--seed", "3")]
    [InlineData("--interval", "1d", "--symbols", "AAPL", "--from", "2000-06-01", "--to", "2000-08-31")]
    public async Task Forecasts_and_scores_are_those_of_the_files_to_the_byte(params string[] options)
    {
        using var scratch = new Scratch();
        var ofFiles = await RunAsync("--from-files", lake.Files);
        Assert.Equal(ofFiles, await RunAsync("--from-lake", lake.Path));
        Assert.True(ofFiles.Forecasts.Length > 10_000);

        async Task<(string Output, string Forecasts, string Report)> RunAsync(params string[] from)
        {
            var (forecasts, report) = (scratch.PathTo("forecasts.csv"), scratch.PathTo("report.csv"));
            var output = await CommandLine.DoneAsync(
                ["backtest", .. from, .. options, "--forecasts", forecasts, "--report", report, "--json"]);
            return (output, await File.ReadAllTextAsync(forecasts), await File.ReadAllTextAsync(report));
        }
    }

    [Theory]
    [InlineData("--from-files", "x")]
    [InlineData("--from-topics", "--bootstrap", "127.0.0.1:1")]
    public async Task A_lake_and_something_else_are_wrong_usage(params string[] other)
    {
        var (code, _, error) = await CommandLine.RunAsync(["backtest", "--from-lake", lake.Path, .. other]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--from-lake: found {other[0]} beside it; expected one of them", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_that_is_not_there_is_broken_input()
    {
        using var scratch = new Scratch();
        var (code, _, error) = await CommandLine.RunAsync("backtest", "--from-lake", scratch.PathTo("nowhere"));
        Assert.Equal(ExitCode.BrokenInput, code);
        Assert.Contains("nowhere/bronze/market", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--symbols", "NOSUCH", "bronze/market; expected some of AAPL")]
    [InlineData("--reference", "AAPL", "bronze/market doesn't have as a reference's; expected a lake synced with it, or none")]
    public async Task What_a_lake_lacks_is_wrong_usage(string option, string value, string expected)
    {
        var (code, _, error) = await CommandLine.RunAsync("backtest", "--from-lake", lake.Path, option, value);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"{option}: found {value}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
