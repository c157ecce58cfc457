namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>What a process came to.</summary>
sealed record Ended(int ExitCode, string Output, string Error)
{
    /// <summary>The last line of standard output.</summary>
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    /// <summary>Everything that it said.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";

    /// <summary>Fails, with everything that was said, on another exit code or a stack trace.</summary>
    public Ended Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, found {this}");
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
        return this;
    }
}
