using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Counts of one check while rows go by: memory of its samples only.</summary>
sealed class CheckTally(QualityCheck check, QualityLevel level, int samplesMax, AcknowledgedRows acknowledged)
{
    readonly List<QualitySample> _samples = [];
    long _checked;
    long _bad;
    long _acknowledged;

    public void Good() => _checked++;

    /// <summary>A row that breaks the rule, unless somebody has said that it is right so.</summary>
    public void Bad(SeriesId series, long endUs, RowPlace place, string found)
    {
        _checked++;
        if (acknowledged.ReasonFor(check, series, endUs) is not null)
        {
            _acknowledged++;
            return;
        }

        _bad++;
        if (_samples.Count < samplesMax) _samples.Add(new QualitySample(series, endUs, place.ToString(), found));
    }

    /// <summary>The rule is broken by no row in particular, which nobody can acknowledge.</summary>
    public void BadAsWhole(string found)
    {
        _bad++;
        _samples.Add(new QualitySample(null, 0, "", found));
    }

    public void CheckedAsWhole(long rows) => _checked = rows;

    public QualityResult Result()
    {
        var status = (_bad, level) switch
        {
            (0, _) => _acknowledged == 0 ? QualityStatus.Passed : QualityStatus.Acknowledged,
            (_, QualityLevel.Fail) => QualityStatus.Failed,
            _ => QualityStatus.Warned,
        };
        return new QualityResult(check, level, status, _checked, _bad, _acknowledged, _samples);
    }
}
