namespace Kafka.Stock.Cli.Tests;

/// <summary>A user's mistake is told in a line that says where it is, with its exit code, and without a stack trace.</summary>
[Collection(nameof(InvocationTests))]
public sealed class MistakeTests
{
    /// <summary>Where nobody answers.</summary>
    const string NoBroker = "127.0.0.1:1";

    [Theory]
    [InlineData("--horizon: found 0; expected a whole number from 1 to 64", "run", "--horizon", "0")]
    [InlineData("--horizon: found 65; expected a whole number from 1 to 64", "topology", "--bootstrap", NoBroker, "--horizon", "65")]
    [InlineData("--calendar: found lunar; expected one of ", "validate", "data/demo", "--calendar", "lunar")]
    [InlineData("--reference: found S P Y; expected a symbol, or none", "run", "--reference", "S P Y")]
    [InlineData("--speed: found -1; expected a number above 0", "ingest", ".", "--bootstrap", NoBroker, "--speed", "-1")]
    [InlineData("--source: found a/b; expected 1 to 32 letters", "ingest", ".", "--bootstrap", NoBroker, "--source", "a/b")]
    [InlineData("--levels: found 0.8,0.95; expected rising coverages", "trainer", "--bootstrap", NoBroker, "--levels", "0.8,0.95")]
    [InlineData("--levels: found 0.95,0.9; expected rising coverages", "trainer", "--bootstrap", NoBroker, "--levels", "0.95,0.9")]
    [InlineData("--learning-rate: found NaN; expected a number from 0 to 1", "trainer", "--bootstrap", NoBroker, "--learning-rate", "NaN")]
    [InlineData("--clip-norm: found 0; expected a number from 1E-06 to ", "compare", "--clip-norm", "0")]
    [InlineData("--from: found 2010-02-30; expected a day as yyyy-MM-dd", "compare", "--from", "2010-02-30")]
    [InlineData("--to: found 1.2.2010; expected a day as yyyy-MM-dd", "backtest", "--to", "1.2.2010")]
    [InlineData("--symbols: found AAPL,,MSFT; expected symbols with commas between", "compare", "--symbols", "AAPL,,MSFT")]
    [InlineData("--interval: found 7m; expected an interval from 1s to 12h", "backtest", "--interval", "7m")]
    [InlineData("--tick-intervals: found 1m,; expected intervals from 1s", "run", "--tick-intervals", "1m,")]
    [InlineData("--retrain: found weekly; expected one of monthly, never, on-drift", "compare", "--retrain", "weekly")]
    [InlineData("--retrain: found on-drift; expected monthly or never", "run", "--retrain", "on-drift")]
    [InlineData("--cron: found daily; expected seconds minutes hours", "batch", "serve", "--bootstrap", NoBroker, "--cron", "daily")]
    [InlineData("--time-zone: found Mars; expected a zone", "batch", "serve", "--bootstrap", NoBroker, "--time-zone", "Mars")]
    [InlineData("--retry-after: found -1; expected a whole number", "batch", "serve", "--bootstrap", NoBroker, "--retry-after", "-1")]
    [InlineData("--bootstrap: found nowhere; expected HOST:PORT", "consume", "forecasts", "--bootstrap", "nowhere")]
    [InlineData("--bootstrap: found a:0; expected HOST:PORT", "consume", "forecasts", "--bootstrap", "a:0")]
    [InlineData("--bootstrap: found nothing; expected HOST:PORT", "consume", "forecasts")]
    [InlineData("--bootstrap: found nothing; expected HOST:PORT", "topology")]
    [InlineData("--bootstrap: found nothing; expected HOST:PORT", "batch", "retrain")]
    [InlineData("--from-end: found no --follow", "consume", "forecasts", "--bootstrap", NoBroker, "--from-end")]
    [InlineData("--train-until: found no files beside it", "batch", "train", "--bootstrap", NoBroker, "--train-until", "2009-12-31")]
    [InlineData("series@time: found AAPL; expected for example", "explain", "AAPL")]
    [InlineData("series@time: found AAPL/1d/csv@soon; expected for example", "explain", "AAPL/1d/csv@soon")]
    [InlineData("series@time: found AAPL/1d@2010-05-06; expected for example", "explain", "AAPL/1d@2010-05-06")]
    [InlineData("found --from-files beside it", "explain", "A/1d/csv@2010-05-06", "--bootstrap", NoBroker, "--from-files", ".")]
    [InlineData("found neither --bootstrap nor --from-files", "lake", "sync")]
    [InlineData("--json and --csv: found both", "lake", "query", "select 1", "--json", "--csv")]
    [InlineData("--version and --timestamp: found both", "lake", "show", "t", "--version", "1", "--timestamp", "2020-01-01 00:00:00")]
    [InlineData("--version: found -1; expected 0 or more", "lake", "show", "gold.features", "--version", "-1")]
    [InlineData("--timestamp: found noon; expected YYYY-MM-DD", "lake", "show", "gold.features", "--timestamp", "noon")]
    [InlineData("found a flag that this verb doesn't have", "lake", "show", "-x")]
    [InlineData("found a flag that this verb doesn't have", "validate", "-x")]
    [InlineData("--s3-endpoint: found ftp://a; expected http://HOST:PORT", "lake", "query", "select 1", "--s3-endpoint", "ftp://a")]
    [InlineData("--s3-region: found EU; expected lower-case letters", "lake", "query", "select 1", "--s3-region", "EU")]
    [InlineData("--lake-memory-mb: found 63; expected a whole number", "lake", "rebuild", "--lake-memory-mb", "63")]
    [InlineData("found no-such-file, which isn't a file", "lake", "check", "--acknowledged", "no-such-file")]
    [InlineData("--csv: found no folder ", "compare", "--csv", "no/such/folder/compare.csv")]
    [InlineData("--html: found /, which is a folder; expected a file", "compare", "--html", "/")]
    public async Task Wrong_usage_says_where_what_and_what_else(string expected, params string[] arguments)
    {
        var (code, output, error) = await CommandLine.RunAsync(arguments);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith("--help'\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "no/such/folder")]
    [InlineData("compare", "--from-files", "no/such/folder")]
    [InlineData("backtest", "--from-files", "no/such/folder")]
    [InlineData("explain", "AAPL/1d/csv@2010-05-06", "--from-files", "no/such/folder")]
    [InlineData("leaks", "--from-files", "no/such/folder")]
    [InlineData("controls", "--from-files", "no/such/folder")]
    [InlineData("lake", "rebuild", "--lake", "no/such/folder")]
    [InlineData("lake", "check", "--lake", "no/such/folder")]
    [InlineData("lake", "skew", "--lake", "no/such/folder")]
    [InlineData("lake", "show", "no/such/folder")]
    [InlineData("lake", "history", "no/such/folder")]
    [InlineData("lake", "optimize", "no/such/folder")]
    [InlineData("lake", "vacuum", "no/such/folder")]
    [InlineData("schema", "show", "no/such/schema.avsc")]
    [InlineData("schema", "check", "--reader", "no-such.avsc", "--writer", "kafka.stock.Tick")]
    public async Task What_is_not_there_is_named_with_an_exit_code_and_without_a_stack_trace(params string[] arguments)
    {
        var (code, _, error) = await CommandLine.RunAsync(arguments);
        Assert.True(code is ExitCode.Usage or ExitCode.Refused or ExitCode.BrokenInput, $"ended with {code}:\n{error}");
        Assert.StartsWith("kstock: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("backtest")]
    [InlineData("leaks")]
    [InlineData("controls")]
    public async Task A_source_that_is_none_is_wrong_usage_behind_a_folder_too(string verb)
    {
        using var scratch = new Scratch();
        var (code, _, error) = await CommandLine.RunAsync(verb, "--from-files", scratch.Path + "=a/b");
        Assert.True(code == ExitCode.Usage, $"ended with {code}:\n{error}");
        Assert.Contains("a/b", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validation_names_what_it_cannot_read_in_its_report()
    {
        var (code, output, error) = await CommandLine.RunAsync("validate", "no/such/file.csv");
        Assert.Equal((ExitCode.BrokenInput, ""), (code, error));
        Assert.StartsWith("no/such/file.csv: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var (code, _, error) = await CommandLine.RunAsync("run", "--horizon", "0", "--seed", "-1", "--levels", "x", "--no-such-flag");
        Assert.Equal(ExitCode.Usage, code);
        foreach (var flag in (string[])["--horizon: ", "--seed: ", "--levels: ", "--no-such-flag"])
            Assert.Contains(flag, error, StringComparison.Ordinal);
    }
}
