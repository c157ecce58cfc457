using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Hands everything on to a journal and keeps the rows of every learning step, so that steps can be taken again alone.</summary>
/// <param name="journal">Given everything.</param>
sealed class StepLog(ForecastJournal journal) : IOutput
{
    readonly SortedDictionary<SeriesId, List<LoggedStep>> _steps = [];

    /// <summary>The steps of each series, in order.</summary>
    public IReadOnlyDictionary<SeriesId, List<LoggedStep>> Steps => _steps;

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        journal.Publish(topic, symbol, record);
        if (record is not MicroBatch { Provisional: false } batch) return;
        if (!_steps.TryGetValue(batch.Series, out var steps)) _steps[batch.Series] = steps = [];
        steps.Add(new LoggedStep(
            batch.BarEndUs, [.. batch.Rows.SelectMany(row => row.Features)],
            [.. batch.Rows.Select(row => (float)Math.Clamp(row.TargetReturn / row.Scale, -5, 5))], [.. batch.Features]));
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => journal.Count(what);
}
