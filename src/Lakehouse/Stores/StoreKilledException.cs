namespace Kafka.Stock.Lakehouse;

/// <summary>Stands for the death of the process at a <see cref="FaultStore"/>'s kill point. Nothing of ours catches it.</summary>
public sealed class StoreKilledException(string where)
    : Exception($"{where}: found the process killed here by the fault plan; expected nobody to go on");
