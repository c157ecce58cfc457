namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>Tests that only read share one kept demo of the bundled data.</summary>
[CollectionDefinition(Name)]
public sealed class KeptDemoCollection : ICollectionFixture<KeptDemo>
{
    public const string Name = "kept demo";
}
