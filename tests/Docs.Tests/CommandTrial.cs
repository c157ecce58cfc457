namespace Kafka.Stock.Docs.Tests;

/// <summary>A command of a document, run as its reader would.</summary>
static class CommandTrial
{
    /// <summary>Fails where it doesn't end as its rule says; skips where it needs a program that isn't there.</summary>
    /// <param name="command">Text of the document.</param>
    /// <param name="checkout">Where it runs.</param>
    /// <param name="address">Stands for the <c>HOST:PORT</c> of the document.</param>
    public static async Task RunAsync(string command, Checkout checkout, string address)
    {
        var place = DocumentCommand.All.First(one => one.Text == command).Place;
        var rule = CommandRule.Of(command);
        Assert.True(rule is not null, $"{place}: found '{command}'; expected a command that CommandRule knows how to try");
        foreach (var tool in (string[])["kcat", "python3"])
            Skip.If(command.Contains(tool, StringComparison.Ordinal) && !IsInstalled(tool), $"{tool} isn't installed");
        using var limit = new CancellationTokenSource(Shell.Limit);
        var untilStopped = rule.Way == CommandWay.UntilStopped;
        var line = command.Replace("HOST:PORT", address, StringComparison.Ordinal).Replace("HOST:9092", address, StringComparison.Ordinal);
        using var shell =
            untilStopped ? new Shell("exec " + line, checkout.Folder, "running; Ctrl-C stops") : new Shell(line, checkout.Folder);
        if (untilStopped)
        {
            await shell.HeardAsync(limit.Token);
            shell.Interrupt();
        }

        var code = await shell.EndAsync(limit.Token);
        Assert.True(code == 0, $"{place}: '{command}' ended with {code}:\n{shell.Said}");
    }

    static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
