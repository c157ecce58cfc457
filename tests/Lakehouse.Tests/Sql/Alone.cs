namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Tests that measure the whole process, and so run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
