namespace Kafka.Stock.Contracts;

/// <summary>One fold over one partition, in memory: what a Kafka host, a backtest and a test have in common.</summary>
/// <remarks>Not safe for concurrent use: a partition has one thread.</remarks>
public sealed class FoldPartition<TMessage, TState>(IFold<TMessage, TState> fold)
    where TMessage : new()
    where TState : class, new()
{
    readonly SeriesRoute _route = new();
    TMessage _message = new();

    /// <summary>The fold.</summary>
    public IFold<TMessage, TState> Fold { get; } = fold;

    /// <summary>State of each series.</summary>
    public SeriesStates<TState> States { get; } = new();

    /// <summary>Folds one record.</summary>
    /// <exception cref="RecordDefectException">The record can't be read or makes no sense: a dead letter; the states are as
    /// before.</exception>
    public void Apply(in LogRecord record, IOutput output)
    {
        Fold.Decode(record, ref _message);
        States.Step(Fold, _route, _message, output);
    }
}
