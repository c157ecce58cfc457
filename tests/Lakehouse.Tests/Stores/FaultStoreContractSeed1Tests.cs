namespace Kafka.Stock.Lakehouse.Tests;

public sealed class FaultStoreContractSeed1Tests() : FaultStoreContract(seed: 1);
