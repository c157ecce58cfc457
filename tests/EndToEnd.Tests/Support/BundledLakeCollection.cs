namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>Tests that read one lake of the bundled data, or break a copy of it.</summary>
[CollectionDefinition(Name)]
public sealed class BundledLakeCollection : ICollectionFixture<BundledLake>
{
    public const string Name = "bundled lake";
}
