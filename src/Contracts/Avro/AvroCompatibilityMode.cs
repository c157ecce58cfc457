namespace Kafka.Stock.Contracts;

/// <summary>What a new version of a schema owes to the versions before it, by the names that schema registries use.</summary>
public enum AvroCompatibilityMode
{
    /// <summary>The new version reads what the last one wrote: readers change first.</summary>
    Backward,

    /// <summary>The new version reads what every older one wrote.</summary>
    BackwardTransitive,

    /// <summary>The last version reads what the new one writes: writers change first.</summary>
    Forward,

    /// <summary>Every older version reads what the new one writes.</summary>
    ForwardTransitive,

    /// <summary>Backward and forward.</summary>
    Full,

    /// <summary>Backward and forward with every older version.</summary>
    FullTransitive,
}
