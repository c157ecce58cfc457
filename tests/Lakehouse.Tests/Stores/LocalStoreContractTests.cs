namespace Kafka.Stock.Lakehouse.Tests;

public sealed class LocalStoreContractTests : ObjectStoreContract
{
    protected override Task<IObjectStore> OpenEmptyAsync() =>
        Task.FromResult(ObjectStores.Open(Scratch.Path + "/not/yet/there", new ObjectStoreOptions()));
}
