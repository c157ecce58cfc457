using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

[Collection(S3Collection.Name)]
public sealed class S3StoreContractTests(RadosGateway gateway) : ObjectStoreContract
{
    protected override Task<IObjectStore> OpenEmptyAsync()
    {
        var path = gateway.NewPath();
        return Task.FromResult(ObjectStores.Open(path, new ObjectStoreOptions { S3 = new S3Options { Endpoint = gateway.Endpoint } }));
    }
}
