using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>One S3 server for all tests that want one.</summary>
[CollectionDefinition(Name)]
public sealed class S3Collection : ICollectionFixture<RadosGateway>
{
    public const string Name = "S3";
}
