namespace Kafka.Stock.Cli;

/// <summary>A call that can't be carried out as it was typed or set: every problem, one line each. Exit code 2.</summary>
sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
