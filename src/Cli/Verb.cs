using System.CommandLine;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Builds verbs that resolve their settings first and turn every error into one line and an exit code.</summary>
static class Verb
{
    /// <summary>A verb with its settings as flags.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="description">What it does, with examples.</param>
    /// <param name="settings">What can be set for it.</param>
    /// <param name="run">Does it; given resolved and checked settings.</param>
    public static Command Create(string name, string description, IEnumerable<Setting> settings, Func<VerbContext, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        var flags = new Dictionary<Setting, Option<string[]>>();
        foreach (var setting in settings.Distinct())
        {
            var shown = setting.Default.Length > 0 ? $" [default: {setting.Default}]" : "";
            var option = new Option<string[]>(setting.Flag)
            {
                Description = $"{setting.Help} {char.ToUpperInvariant(setting.Expected[0])}{setting.Expected[1..]}.{shown}",
                HelpName = setting.Repeatable ? "key=value" : "value",
                AllowMultipleArgumentsPerToken = false,
                Arity = setting.Repeatable ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne,
            };
            flags[setting] = option;
            command.Add(option);
        }

        command.SetAction(async (parse, cancel) =>
        {
            var problems = new List<string>();
            var file = File.Exists("appsettings.json") ? await File.ReadAllTextAsync("appsettings.json", cancel) : null;
            var values = SettingValues.Resolve(
                [.. flags.Keys], setting => Typed(parse.GetValue(flags[setting])), Environment.GetEnvironmentVariable, file, problems);
            return await run(new VerbContext(parse, values, problems), cancel);
        });
        return command;
    }

    /// <summary>Parses and runs: exit codes and messages of the house.</summary>
    public static async Task<int> InvokeWithHouseRulesAsync(this RootCommand root, string[] args)
    {
        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors) await Console.Error.WriteLineAsync("kstock: " + error.Message);
            await Console.Error.WriteLineAsync($"kstock: see '{string.Join(' ', ["kstock", .. CommandPath(parse), "--help"])}'");
            return ExitCode.Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            return await parse.InvokeAsync(invocation);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("kstock: stopped before it was done");
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            return await ExplainAsync(error);
        }
    }

    /// <summary>One line for a mistake of the user or the world; a stack trace only for a bug of ours.</summary>
    static async Task<int> ExplainAsync(Exception error)
    {
        var known = error as StockException ?? (error as AggregateException)?.InnerExceptions.OfType<StockException>().FirstOrDefault();
        await Console.Error.WriteLineAsync("kstock: " + (known?.Message ?? error.ToString()));
        return known switch
        {
            ConfigurationException => ExitCode.Usage,
            RefusedException => ExitCode.Refused,
            BrokenInputException => ExitCode.BrokenInput,
            _ => ExitCode.Failed,
        };
    }

    static string? Typed(string[]? values) => values is { Length: > 0 } ? string.Join('\n', values) : null;

    static Stack<string> CommandPath(ParseResult parse)
    {
        var path = new Stack<string>();
        for (var result = parse.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent) path.Push(result.Command.Name);
        return path;
    }
}
