namespace Kafka.Stock.Contracts;

/// <summary>A pure fold over one partition of one topic: state = fold(log). Hosted on Kafka by Streaming, and composed plainly by
/// a backtest.</summary>
/// <typeparam name="TMessage">A decoded record; reused from one record to the next.</typeparam>
/// <typeparam name="TState">State of one series, owned by the host.</typeparam>
/// <remarks>Deterministic: no I/O, no clock, no chance but by key, nothing that depends on how series are spread over partitions.
/// The host calls <see cref="Decode"/>, <see cref="Route"/>, then <see cref="Step"/> for each series in the route, in that order; in a
/// restore it leaves out the series whose snapshot covers the record.</remarks>
public interface IFold<TMessage, TState>
    where TMessage : new()
    where TState : class, new()
{
    /// <summary>Name of the role: the consumer group and the changelog are called after it.</summary>
    string Name { get; }

    /// <summary>The one input topic.</summary>
    Topic Input { get; }

    /// <summary>Hash of fold version, options and seed. A different one may start only from a clean stop.</summary>
    long Epoch { get; }

    /// <summary>Reads a record into <paramref name="message"/>.</summary>
    /// <exception cref="RecordDefectException">The bytes can't be read or make no sense: a dead letter.</exception>
    void Decode(in LogRecord record, ref TMessage message);

    /// <summary>Names the series that the message concerns.</summary>
    void Route(in TMessage message, SeriesRoute route);

    /// <summary>Folds the message into the state of one series.</summary>
    /// <exception cref="RecordDefectException">The message makes no sense for this state; the state is as before.</exception>
    void Step(in SeriesId series, TState state, in TMessage message, IOutput output);
}
