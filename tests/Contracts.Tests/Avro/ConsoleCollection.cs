namespace Kafka.Stock.Contracts.Tests;

/// <summary>Tests that have the console for themselves: FsCheck, too, writes to it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "console";
}
