using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary>A verb whose settings are flags; they are resolved and checked, all at once, before it runs.</summary>
sealed class Verb : Command
{
    readonly Dictionary<Setting, Option> _flags = [];
    readonly List<Setting> _required = [];

    Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Makes a verb.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="description">What it does, with examples.</param>
    /// <param name="settings">What can be set for it.</param>
    /// <param name="run">Does it; given resolved settings and the problems found.</param>
    public static Verb Create(
        string name, string description, IEnumerable<Setting> settings, Func<VerbContext, CancellationToken, Task<int>> run)
    {
        var verb = new Verb(name, description);
        foreach (var setting in settings.Distinct()) verb.AddFlag(setting);
        verb.SetAction((parse, cancel) =>
        {
            var problems = new List<string>();
            var values = verb.Resolve(parse, problems);
            return run(new VerbContext(parse, values, problems), cancel);
        });
        return verb;
    }

    /// <summary>Makes a setting one that has to be set.</summary>
    public Verb Requiring(Setting setting)
    {
        _required.Add(setting);
        return this;
    }

    /// <summary>The settings of this call; every problem is added to the list. Works on a call that doesn't parse, too.</summary>
    public SettingValues Resolve(ParseResult parse, List<string> problems)
    {
        var file = File.Exists(SettingValues.FileName) ? File.ReadAllText(SettingValues.FileName) : null;
        var values = SettingValues.Resolve(
            [.. _flags.Keys], setting => Typed(parse, setting), Environment.GetEnvironmentVariable, file, problems);
        foreach (var setting in _required.Where(setting => values.TextOrNull(setting) is null))
            problems.Add($"{setting.Flag}: found nothing; expected {setting.Expected} (or {setting.Variable})");
        return values;
    }

    void AddFlag(Setting setting)
    {
        var shown = setting.Default.Length > 0 ? $" [default: {setting.Default}]" : "";
        var help = $"{setting.Help} {char.ToUpperInvariant(setting.Expected[0])}{setting.Expected[1..]}.{shown}";
        Option flag = setting.Repeatable
            ? new Option<string[]>(setting.Flag) { Description = help, HelpName = "key=value", Arity = ArgumentArity.OneOrMore }
            : new Option<string>(setting.Flag) { Description = help, HelpName = "value" };
        _flags[setting] = flag;
        Add(flag);
    }

    string? Typed(ParseResult parse, Setting setting)
    {
        var tokens = parse.GetResult(_flags[setting])?.Tokens;
        return tokens is { Count: > 0 } ? string.Join('\n', tokens.Select(token => token.Value)) : null;
    }
}
