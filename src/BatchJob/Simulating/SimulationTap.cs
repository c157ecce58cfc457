using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The output of a fold in a simulation: tells the observer, remembers what retrains need, and hands micro-batches on.</summary>
/// <param name="observer">Given everything.</param>
/// <param name="history">What retrains need; null where nothing is retrained.</param>
/// <param name="gate">Told of bars; null where nobody looks at them.</param>
/// <param name="drift">Told of alarms; null where nothing is retrained on drift.</param>
/// <param name="next">Given micro-batches; null for the last fold.</param>
sealed class SimulationTap(IOutput observer, TrainingHistory? history, BarGate? gate, DriftRequests? drift, IOutput? next) : IOutput
{
    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        observer.Publish(topic, symbol, record);
        switch (record)
        {
            case Bar bar:
                gate?.Add(bar);
                break;
            case MicroBatch batch:
                history?.Add(batch);
                next?.Publish(topic, symbol, batch);
                break;
            case Score score:
                history?.Add(score);
                break;
            case DriftAlarm alarm:
                drift?.Add(alarm);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => observer.Count(what);
}
