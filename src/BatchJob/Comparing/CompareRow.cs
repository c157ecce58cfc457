namespace Kafka.Stock.BatchJob;

/// <summary>How a strategy did and what it cost.</summary>
/// <param name="Scores">Its scores, pooled over the series of an interval, at 90 % or the level next to it.</param>
/// <param name="CpuSeconds">Processor time beyond what all strategies share.</param>
/// <param name="RowsTouched">Rows that its learning went through.</param>
/// <param name="BarsToRecover">Mean bars after a drift alarm until its loss beyond that of no change is back at the level before, over
/// the alarms after which that came; null where there is none.</param>
/// <param name="Alarms">Alarms with enough forecasts around them to tell.</param>
/// <param name="AlarmsUnrecovered">Those after which it wasn't back when the data ended: they have no number of bars.</param>
public sealed record CompareRow(
    ReportRow Scores, double CpuSeconds, long RowsTouched, double? BarsToRecover, int Alarms, int AlarmsUnrecovered);
