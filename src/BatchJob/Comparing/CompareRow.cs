namespace Kafka.Stock.BatchJob;

/// <summary>How a strategy did and what it cost.</summary>
/// <param name="Scores">Its scores, pooled over the series of an interval, at 90 % or the level next to it.</param>
/// <param name="CpuSeconds">Processor time beyond what all strategies share.</param>
/// <param name="RowsTouched">Rows that its learning went through.</param>
/// <param name="BarsToRecover">Mean bars after a drift alarm until it forecast as well as before; null without an alarm.</param>
public sealed record CompareRow(ReportRow Scores, double CpuSeconds, long RowsTouched, double? BarsToRecover);
