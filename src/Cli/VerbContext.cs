using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary>What a verb is given: what was typed, the settings, and the problems found so far.</summary>
sealed class VerbContext(ParseResult parse, SettingValues values, List<string> problems)
{
    public ParseResult Parse { get; } = parse;

    public SettingValues Values { get; } = values;

    /// <summary>Adds a problem that no single setting shows.</summary>
    public void Problem(string line) => problems.Add(line);

    /// <summary>Goes on only without problems; lists all of them otherwise.</summary>
    /// <exception cref="UsageException">All problems.</exception>
    public void ThrowIfProblems()
    {
        if (problems.Count > 0) throw new UsageException(problems);
    }
}
