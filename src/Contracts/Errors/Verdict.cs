namespace Kafka.Stock.Contracts;

/// <summary>What happens after an error.</summary>
public enum Verdict
{
    /// <summary>The record goes to the dead letters, the stream goes on.</summary>
    Skip,

    /// <summary>Try again: the world may be better in a moment.</summary>
    Retry,

    /// <summary>End the task: somebody has to decide.</summary>
    Stop,
}
