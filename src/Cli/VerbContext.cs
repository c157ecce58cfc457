using System.CommandLine;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>What a verb is given: what was typed, the settings, and the problems found so far.</summary>
sealed class VerbContext(ParseResult parse, SettingValues values, List<string> problems)
{
    public ParseResult Parse { get; } = parse;

    public SettingValues Values { get; } = values;

    /// <summary>Adds a problem that no single setting shows.</summary>
    public void Problem(string line) => problems.Add(line);

    /// <summary>Goes on only without problems; lists all of them otherwise.</summary>
    public void ThrowIfProblems()
    {
        if (problems.Count == 0) return;
        throw new ConfigurationException(problems.Count == 1 ? "settings" : $"settings, {problems.Count} problems", "\n  " + string.Join("\n  ", problems), "values as 'kstock … --help' has them");
    }
}
