using System.Text.Json;
using Kafka.Stock.Sources;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class FileValidatorTests
{
    const string Header = "dt,open,high,low,close,volume\n";

    [Fact]
    public void The_bundled_files_are_reported_with_kind_symbols_source_rows_and_times()
    {
        var reports = Validate(Repository.PathTo("data/demo"));
        Assert.Equal(["DailyBars AAPL csv 3270", "DailyBars IBM csv 3270", "DailyBars MSFT csv 3270", "Trades AMD,SPY iex 7422"],
            reports.Select(report => $"{report.Kind} {string.Join(",", report.Symbols)} {report.Source} {report.RowCount}"));
        Assert.All(reports, report => Assert.Equal((0L, false), (report.ProblemCount, report.IsBroken)));
        Assert.Equal(951_944_400_000_000, reports[0].FirstUs);
        Assert.Equal(1_362_171_600_000_000, reports[0].LastUs);
    }

    [Fact]
    public void Every_problem_is_listed_with_its_line_and_beyond_a_hundred_counted()
    {
        using var scratch = new Scratch();
        var path = scratch.Write(
            "A.csv", Header + "2013-10-04,1,1,1,1,1\nbad\n2013-10-05,1,1,1,1,1\n" + string.Concat(Enumerable.Repeat("worse\n", 500)));
        var report = Assert.Single(Validate(path));
        Assert.Equal((1L, 502L, FileValidator.MaxListed, false),
            (report.RowCount, report.ProblemCount, report.Problems.Count, report.IsBroken));
        Assert.Equal(new FileProblem($"{path}:3", "1 fields in 'bad'", "6 fields, as in the header"), report.Problems[0]);
        Assert.Equal($"{path}:4", report.Problems[1].Where);
    }

    [Fact]
    public void What_cannot_be_read_is_a_report_too_and_the_others_are_still_read()
    {
        using var scratch = new Scratch();
        var good = scratch.Write("A.csv", Header + "2013-10-04,1,1,1,1,1\n");
        var cut = scratch.Write("B.csv.gz", Header + "2013-10-04,1,1,1,1,1\n");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^4]);
        var reports = Validate(scratch.PathTo("none.csv"), cut, good, scratch.PathTo("nowhere/"));
        Assert.Equal([true, true, false, true], reports.Select(report => report.IsBroken));
        Assert.Contains("truncated", Assert.Single(reports[1].Problems).Found, StringComparison.Ordinal);
        Assert.Equal(FileKind.DailyBars, reports[1].Kind);
    }

    [Fact]
    public void Splits_and_dividends_are_validated_as_such()
    {
        using var scratch = new Scratch();
        scratch.Write("corporate-actions.csv",
            "date,symbol,kind,numerator,denominator,amount,close\n2014-06-09,AAPL,split,7,1,,\n2014-06-08,AAPL,split,7,1,,\n");
        var report = Assert.Single(Validate(scratch.Folder));
        Assert.Equal((FileKind.CorporateActions, 1L, 1L), (report.Kind, report.RowCount, report.ProblemCount));
    }

    [Fact]
    public void A_report_can_be_written_as_JSON()
    {
        using var scratch = new Scratch();
        var json = JsonSerializer.Serialize(Validate(scratch.Write("A.csv", Header + "bad\n")));
        Assert.Contains("1 fields in ", json, StringComparison.Ordinal);
    }

    static List<FileReport> Validate(params string[] paths) =>
        [.. new FileValidator(new FileReplayOptions { Paths = paths }).Validate(CancellationToken.None)];
}
