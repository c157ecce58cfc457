namespace Kafka.Stock.Cli.Tests;

/// <summary>Command lines run in this process: exit code, and what went to standard output and error.</summary>
/// <remarks>The streams are one for all, so tests that use it are in the collection of <see cref="InvocationTests"/>.</remarks>
static class CommandLine
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (outputBefore, errorBefore) = (Console.Out, Console.Error);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        Console.SetError(error);
        try
        {
            var code = await CommandTree.Build().InvokeWithHouseRulesAsync(arguments);
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(outputBefore);
            Console.SetError(errorBefore);
        }
    }

    /// <summary>What went to standard output by a command line that is expected to end well.</summary>
    public static async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == ExitCode.Done, $"kstock {string.Join(' ', arguments)} ended with {code}:\n{error}");
        return output;
    }
}
