namespace Kafka.Stock.Cli;

/// <summary>The exit codes of every verb.</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Anything that has no code of its own.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Refused: quality gate, unsupported feature.</summary>
    public const int Refused = 3;

    /// <summary>Broken input, or a store that doesn't work: a full disk, no permission.</summary>
    public const int BrokenInput = 4;
}
