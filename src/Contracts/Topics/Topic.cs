namespace Kafka.Stock.Contracts;

/// <summary>A row of the topic table.</summary>
/// <param name="Name">As the broker knows it.</param>
/// <param name="Key">What the key is, in words.</param>
/// <param name="Records">Full names of the schemas of its values; empty for bytes as they came.</param>
/// <param name="Cleanup">What the broker forgets.</param>
/// <param name="WrittenBy">Roles that produce to it.</param>
public sealed record Topic(string Name, string Key, IReadOnlyList<string> Records, TopicCleanup Cleanup, string WrittenBy)
{
    /// <summary>The record that is sent to every partition, whatever its key; null where each has one home.</summary>
    public string? Broadcast { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
