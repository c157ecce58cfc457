namespace Kafka.Stock.BatchJob;

/// <summary>A pass of the quality gate over the lake.</summary>
/// <param name="Number">Its number, from 1 on; of the last pass where there was nothing new.</param>
/// <param name="BarsVersion">Version of silver/bars that was checked.</param>
/// <param name="Rows">Rows that were new.</param>
/// <param name="Report">What it found; null where there was nothing new since a pass that found nothing wrong.</param>
/// <param name="ByInterval">The same of each interval by itself.</param>
public sealed record CheckPass(long Number, long BarsVersion, long Rows, QualityReport? Report, IntervalReports ByInterval);
