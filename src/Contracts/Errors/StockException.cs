namespace Kafka.Stock.Contracts;

/// <summary>Base of every error that is raised on purpose. Bugs stay <see cref="ArgumentException"/> and
/// <see cref="InvalidOperationException"/>.</summary>
public abstract class StockException(Verdict verdict, string where, string found, string expected, Exception? cause = null)
    : Exception($"{where}: found {found}; expected {expected}", cause)
{
    /// <summary>What happens next.</summary>
    public Verdict Verdict { get; } = verdict;

    /// <summary>File and line, topic, partition and offset, or option.</summary>
    public string Where { get; } = where;

    /// <summary>What was there.</summary>
    public string Found { get; } = found;

    /// <summary>What should have been there, or what to do.</summary>
    public string Expected { get; } = expected;
}
