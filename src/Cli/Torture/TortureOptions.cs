namespace Kafka.Stock.Cli;

/// <summary>How a lake is tortured.</summary>
/// <param name="Path">A folder, or s3://bucket/prefix, in which no such run was before.</param>
/// <param name="Writers">Processes at once.</param>
/// <param name="Commits">Of each writer.</param>
/// <param name="Kills">Writers that are ended by SIGKILL on the way, each followed by another of its number.</param>
/// <param name="Flags">Settings of the lake, for the writers.</param>
sealed record TortureOptions(string Path, int Writers, int Commits, int Kills, IReadOnlyList<string> Flags)
{
    /// <summary>Of all writers together.</summary>
    public long Total => (long)Writers * Commits;
}
