namespace Kafka.Stock.BatchJob;

/// <summary>What a pass of the quality gate found, by interval.</summary>
public sealed class IntervalReports
{
    readonly SortedDictionary<string, QualityReport> _reports;
    readonly HashSet<string> _seenBefore;
    readonly QualityReport _ofNoRows;

    internal IntervalReports(
        SortedDictionary<string, QualityReport> reports, HashSet<string> seenBefore, QualityReport ofNoRows, int samplesMax)
    {
        (_reports, _seenBefore, _ofNoRows) = (reports, seenBefore, ofNoRows);
        Whole = reports.Count == 0 ? ofNoRows : reports.Values.Aggregate((sum, next) => sum.With(next, samplesMax));
    }

    /// <summary>All intervals as one.</summary>
    public QualityReport Whole { get; }

    /// <summary>What was found in the rows of an interval.</summary>
    /// <returns>Null where none of its rows is new since a pass that they passed; a failure where it never had one.</returns>
    public QualityReport? Of(string interval) =>
        _reports.TryGetValue(interval, out var report) ? report : _seenBefore.Contains(interval) ? null : _ofNoRows;
}
