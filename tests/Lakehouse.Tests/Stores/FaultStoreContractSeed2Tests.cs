namespace Kafka.Stock.Lakehouse.Tests;

public sealed class FaultStoreContractSeed2Tests() : FaultStoreContract(seed: 2);
