using System.CommandLine;
using System.Text.RegularExpressions;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Runs a command line by the rules of the house: exit codes, one line a mistake, a stack trace only for a bug of ours.</summary>
static partial class Invocation
{
    public static async Task<int> InvokeWithHouseRulesAsync(this RootCommand root, string[] args)
    {
        using var stop = new StopSignal();
        var parse = root.Parse(args);
        try
        {
            if (parse.Errors.Count > 0) throw UsageErrors(parse);
            // The library's own handling of Ctrl-C races with ours for the exit code, and doesn't see a verb that is still starting.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parse.InvokeAsync(configuration, stop.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("kstock: stopped before it was done");
            return ExitCode.Failed;
        }
        catch (UsageException usage)
        {
            foreach (var problem in usage.Problems) await Console.Error.WriteLineAsync("kstock: " + problem);
            await Console.Error.WriteLineAsync($"kstock: see '{string.Join(' ', ["kstock", .. CommandPath(parse), "--help"])}'");
            return ExitCode.Usage;
        }
        catch (Exception error)
        {
            return await ExplainAsync(error);
        }
    }

    /// <summary>What doesn't parse, and what wouldn't have been accepted either: all at once.</summary>
    static UsageException UsageErrors(ParseResult parse)
    {
        var problems = parse.Errors.Select(error => ValueInQuotes().Replace(error.Message, "…")).ToList();
        if (parse.CommandResult.Command is Verb verb) verb.Resolve(parse, problems);
        return new UsageException(problems);
    }

    /// <summary>The value of a <c>'KEY=VALUE'</c> that was quoted from the command line: it may be a password
    /// behind a misspelt flag.</summary>
    [GeneratedRegex("(?<='[^'=]*=)[^']+(?=')", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ValueInQuotes();

    static async Task<int> ExplainAsync(Exception error)
    {
        var known = error as StockException ?? (error as AggregateException)?.InnerExceptions.OfType<StockException>().FirstOrDefault();
        await Console.Error.WriteLineAsync("kstock: " + (known?.Message ?? error.ToString()));
        return known switch
        {
            ConfigurationException => ExitCode.Usage,
            RefusedException => ExitCode.Refused,
            BrokenInputException => ExitCode.BrokenInput,
            // A full disk or a store that refuses; what a moment may heal, such as a network, isn't broken.
            StoreException { Verdict: Verdict.Stop } => ExitCode.BrokenInput,
            _ => ExitCode.Failed,
        };
    }

    static Stack<string> CommandPath(ParseResult parse)
    {
        var path = new Stack<string>();
        for (var result = parse.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
            path.Push(result.Command.Name);
        return path;
    }
}
