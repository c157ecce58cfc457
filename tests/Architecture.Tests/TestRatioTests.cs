using Xunit.Abstractions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>Tests are the specification, so there is nearly as much of them as of code.</summary>
public sealed class TestRatioTests(ITestOutputHelper output)
{
    /// <summary>The hard end of the style page.</summary>
    const double RatioEnd = 0.8;

    /// <summary>What must hold now. It goes up to the hard end as tests land, and never down.</summary>
    const double RatioMin = 0.4;

    [Fact]
    public void There_are_enough_lines_of_tests_for_the_lines_of_code()
    {
        var source = LinesUnder("src");
        var tests = LinesUnder("tests");
        var report = $"{tests} lines of tests for {source} lines of source: {(double)tests / source:F2}, hard end {RatioEnd:F1}";
        output.WriteLine(report);
        Assert.True(tests >= RatioMin * source, Findings.Finding("tests", report, $"at least {RatioMin:F1}"));
    }

    static int LinesUnder(string folder) => SourceFile.Code.Where(file => file.IsUnder(folder)).Sum(file => file.Text.Count('\n'));
}
