using System.CommandLine;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary>The flags of the quality gate, the same for every verb that runs it.</summary>
sealed class GateFlags
{
    readonly Option<FileInfo?> _acknowledged = new("--acknowledged")
    {
        Description = "File of rows that may break a rule: series,end,check,reason.",
        HelpName = "file",
    };

    readonly Option<string[]> _failOn = new("--fail-on")
    {
        Description = "Names of checks that fail where they would warn.",
        HelpName = "check",
        AllowMultipleArgumentsPerToken = true,
    };

    public GateFlags() => _acknowledged.Validators.Add(typed =>
    {
        if (typed.Tokens is [var file] && !File.Exists(file.Value))
            typed.AddError($"--acknowledged: found {file.Value}, which isn't a file; expected lines of series,end,check,reason");
    });

    public void AddTo(Command verb)
    {
        verb.Add(_acknowledged);
        verb.Add(_failOn);
    }

    /// <summary>What was asked for beyond the rules.</summary>
    public QualityOptions Options(ParseResult parse) => new() { FailOn = parse.GetValue(_failOn) ?? [] };

    /// <summary>The rows of the file; none without one.</summary>
    public async Task<AcknowledgedRows> AcknowledgedAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(_acknowledged) is { } file
            ? AcknowledgedRows.Parse(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation))
            : AcknowledgedRows.Empty;
}
