using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains beside a running stream: takes in what is read of the topics of micro-batches and scores, and of bars where the
/// quality gate is on, and decides at month ends.</summary>
/// <remarks>May be fed by several threads, each with one topic. Who asks for a decision has made sure that everything before the month
/// end has been fed.</remarks>
public sealed class StreamRetrainer
{
    readonly Lock _lock = new();
    readonly NamePool _names = new();
    readonly TrainingHistory _history;
    readonly Retrainer _retrainer;
    readonly BarGate? _gate;
    MicroBatch? _batch;
    Score? _score;

    /// <summary>One that knows nothing yet.</summary>
    /// <param name="options">How it retrains.</param>
    /// <param name="gate">Looks at the bars before each retrain; null where nobody does.</param>
    /// <exception cref="ConfigurationException">Options that make no sense.</exception>
    public StreamRetrainer(RetrainOptions options, BarGate? gate)
    {
        _gate = gate;
        _history = new TrainingHistory(options);
        _retrainer = new Retrainer(_history, options);
    }

    /// <summary>The topics that it wants to be fed with.</summary>
    public IReadOnlyList<Topic> Inputs => _gate is null
        ? TrainingHistory.Inputs
        : [.. TrainingHistory.Inputs, StockTopics.Bars, StockTopics.Market];

    /// <summary>Takes a record of its topics; others are passed over.</summary>
    /// <exception cref="RecordDefectException">The bytes can't be read.</exception>
    public void Add(string schemaName, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            if (schemaName == MicroBatch.SchemaName)
            {
                AvroBody.Read(body, _names, ref _batch);
                _history.Add(_batch!);
            }
            else if (schemaName == Score.SchemaName)
            {
                AvroBody.Read(body, _names, ref _score);
                _history.Add(_score!);
            }
            else if (schemaName == Bar.SchemaName)
            {
                Bar bar = default;
                AvroBody.Read(body, _names, ref bar);
                _gate?.Add(bar);
            }
            else if (schemaName == CorporateAction.SchemaName)
            {
                CorporateAction action = default;
                AvroBody.Read(body, _names, ref action);
                _gate?.Add(action);
            }
        }
    }

    /// <summary>One decision for each interval with a series that has enough rows, in ordinal order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: nothing has been decided.</exception>
    public IReadOnlyList<RetrainResult> DecideMonth(long monthEndUs, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _gate?.Settle(monthEndUs);
            return
            [
                .. _retrainer.ReadyIntervals(monthEndUs).Select(interval => _retrainer.Retrain(
                    interval, monthEndUs, RetrainTrigger.Month, _gate?.Look(interval, monthEndUs), cancellation: cancellation)),
            ];
        }
    }
}
