using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>What a file holds, and everything that is wrong with it.</summary>
public sealed record FileReport
{
    /// <summary>As the user gave it.</summary>
    public required string Path { get; init; }

    /// <summary>What it holds by its header; null when that can't be told.</summary>
    public FileKind? Kind { get; init; }

    /// <summary>Its source; null when the file can't be read, and for splits and dividends.</summary>
    public string? Source { get; init; }

    /// <summary>The first <see cref="FileValidator.MaxListed"/> symbols, in ordinal order.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>All symbols.</summary>
    public int SymbolCount { get; init; }

    /// <summary>Lines that hold.</summary>
    public long RowCount { get; init; }

    /// <summary>Event time of the first line (end of a bar, time of a trade, midnight UTC of a split's day), microseconds since 1970
    /// UTC.</summary>
    public long? FirstUs { get; init; }

    /// <summary>Event time of the last line.</summary>
    public long? LastUs { get; init; }

    /// <summary>The first <see cref="FileValidator.MaxListed"/> problems, in order.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>All problems.</summary>
    public long ProblemCount { get; init; }

    /// <summary>True when the file couldn't be read, or not to its end: a replay would stop there. Other problems are dead
    /// letters.</summary>
    public bool IsBroken { get; init; }
}
