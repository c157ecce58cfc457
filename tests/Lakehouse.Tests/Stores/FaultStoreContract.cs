namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Four of ten requests fail, before or after their effect, and nobody who sees the store through retries can tell.</summary>
public abstract class FaultStoreContract(ulong seed) : ObjectStoreContract
{
    protected override Task<IObjectStore> OpenEmptyAsync()
    {
        var faults = new FaultStore(
            new LocalStore(Scratch.Path + "/store", TimeProvider.System), new FaultPlan { Seed = seed, Share = 0.4 });
        var options = new ObjectStoreOptions { Retries = new RetryOptions { BackoffMs = 0, BackoffMsMax = 0, AttemptsMax = 20 } };
        return Task.FromResult(ObjectStores.WithRetries(faults, options));
    }
}
