namespace Kafka.Stock.BatchJob;

/// <summary>What a strategy cost beyond what all of them share: reading, features, intervals, scores.</summary>
/// <param name="CpuSeconds">Processor time of its learning and forecasting, of all threads.</param>
/// <param name="RowsTouched">Rows that its learning went through, each as often as it did.</param>
sealed record StrategyCost(double CpuSeconds, long RowsTouched);
