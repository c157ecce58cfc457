using Xunit.Abstractions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>Tests are the specification, so there is nearly as much of them as of code.</summary>
public sealed class TestRatioTests(ITestOutputHelper output)
{
    /// <summary>The hard end of the style page.</summary>
    const double RatioEnd = 0.8;

    [Fact]
    public void There_are_enough_lines_of_tests_for_the_lines_of_code()
    {
        var source = LinesUnder("src");
        var tests = LinesUnder("tests");
        var report = $"{tests} lines of test code for {source} of source: {(double)tests / source:F2}, hard end {RatioEnd:F1}";
        output.WriteLine(report);
        Assert.True(tests >= RatioEnd * source, Findings.Finding("tests", report, $"at least {RatioEnd:F1}"));
    }

    /// <summary>Lines of code: blank ones, lone braces and comments don't count, and a third of src is contracts in doc comments.</summary>
    static int LinesUnder(string folder) =>
        SourceFile.Code.Where(file => file.IsUnder(folder)).Sum(file => file.Text.Split('\n').Count(IsCode));

    static bool IsCode(string line)
    {
        var text = line.AsSpan().Trim();
        return text.Length > 0 && !text.StartsWith("//") && text is not ("{" or "}");
    }
}
