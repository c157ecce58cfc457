using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Hosts a fold on Kafka: one input topic, all its partitions or some, states in memory, outputs and dead letters published,
/// offsets committed after them (at least once). A start folds again, muted, what the group has committed: state = fold(log).</summary>
/// <typeparam name="TMessage">The fold's decoded record.</typeparam>
/// <typeparam name="TState">The fold's state of a series.</typeparam>
public sealed class FoldHost<TMessage, TState>
    where TMessage : new()
    where TState : class, new()
{
    readonly Func<IFold<TMessage, TState>> _fold;
    readonly IFold<TMessage, TState> _first;
    readonly KafkaOptions _kafka;
    readonly FoldHostOptions _options;
    readonly Lock _lock = new();
    HostedPartition<TMessage, TState>[] _partitions = [];
    TaskCompletionSource _progressed = NewSignal();
    TaskCompletionSource _ended = NewSignal();
    int _isRunning;

    /// <summary>A host that isn't running yet.</summary>
    /// <param name="fold">Makes the fold; each thread gets its own, because a fold may have scratch space.</param>
    /// <param name="kafka">How to reach the broker.</param>
    /// <param name="options">How to host; null for the defaults.</param>
    /// <param name="counters">What to count in; null for new ones.</param>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public FoldHost(Func<IFold<TMessage, TState>> fold, KafkaOptions kafka, FoldHostOptions? options = null, FoldCounters? counters = null)
    {
        _fold = fold;
        _first = fold();
        _kafka = kafka.Validated();
        _options = (options ?? new FoldHostOptions()).Validated();
        Counters = counters ?? new FoldCounters(_first.Name);
        if (_options.Events is { } told) Counters.OnFirst += what =>
        {
            if (what == FoldEvent.NoReference) told(StreamEvents.NoReference(_first.Name));
        };
    }

    /// <summary>What the host has done.</summary>
    public FoldCounters Counters { get; }

    /// <summary>How far each partition is, by number; empty before <see cref="RunAsync"/> knows them.</summary>
    public IReadOnlyList<PartitionPosition> Positions =>
        [.. Volatile.Read(ref _partitions).Select(partition => partition.Progress.Position)];

    /// <summary>States of a partition's series. To be read when the host isn't running: its threads write them.</summary>
    /// <exception cref="ArgumentException">The partition isn't one of the host's.</exception>
    public SeriesStates<TState> StatesOf(int partition) =>
        Array.Find(Volatile.Read(ref _partitions), found => found.Progress.Partition == partition)?.Fold.States
        ?? throw new ArgumentException($"partition {partition} isn't hosted", nameof(partition));

    /// <summary>Folds until cancelled; then what is done is delivered and committed, and the task completes.</summary>
    /// <exception cref="StreamException">Broker, log or a step that threw: topic, partition and offset are named. What came before is
    /// committed.</exception>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0) throw new InvalidOperationException($"{_first.Name} is running already");

        // Before anything else: a gate is open while it knows no consumer, and the threads come later.
        using var meter = _options.Gate?.Consume(_first.Input.Name, _options.Group ?? _first.Name);
        Exception? failure = null;
        try
        {
            if (_ended.Task.IsCompleted) _ended = NewSignal();
            await RunThreads(stopping);
            _options.Events?.Invoke(StreamEvents.Stopped(_first.Name, _first.Input.Name));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before it had begun: nothing is open.
        }
        catch (Exception error)
        {
            failure = error;
            _options.Events?.Invoke(StreamEvents.Failed(_first.Name, error.Message));
            throw;
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
            if (failure is null) _ended.TrySetResult();
            else if (_ended.TrySetException(failure)) _ = _ended.Task.Exception;
        }
    }

    /// <summary>Waits until everything that lies in the input now is folded, its outputs are on the broker, and the offsets are
    /// committed.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the host was stopped before.</exception>
    /// <exception cref="StreamException">The host ended with an error, or the broker doesn't answer.</exception>
    public async Task CaughtUpAsync(CancellationToken cancellation)
    {
        var ends = await Task.Run(FindEnds, cancellation);
        while (true)
        {
            var signal = NextSignal();
            var partitions = Volatile.Read(ref _partitions);
            if (partitions.Length > 0 && Array.TrueForAll(partitions, partition => IsAt(partition.Progress, ends))) return;
            var first = await Task.WhenAny(signal, _ended.Task).WaitAsync(cancellation);
            if (first == signal) continue;
            await _ended.Task;
            if (Array.TrueForAll(partitions, partition => IsAt(partition.Progress, ends))) return;
            throw new OperationCanceledException($"{_first.Name} was stopped before it had caught up");
        }
    }

    static bool IsAt(PartitionProgress progress, Dictionary<int, long> ends) =>
        !ends.TryGetValue(progress.Partition, out var end) || Math.Min(progress.Committed, progress.Next) >= end;

    async Task RunThreads(CancellationToken stopping)
    {
        var (numbers, partitionCount) = await Task.Run(FindPartitions, stopping);
        var count = Math.Min(_options.Threads, numbers.Count);
        var folds = Enumerable.Range(0, count).Select(i => i == 0 ? _first : _fold()).ToArray();
        var partitions = numbers.Select((number, i) => new HostedPartition<TMessage, TState>(number, folds[i % count])).ToArray();
        Volatile.Write(ref _partitions, partitions);
        _options.Events?.Invoke(StreamEvents.Started(_first.Name, _first.Input.Name, partitions.Length));
        using var together = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var threads = new Task[count];
        for (var i = 0; i < count; i++)
        {
            var share = partitions.Where(partition => partition.Fold.Fold == folds[i]).ToArray();
            var fold = folds[i];
            threads[i] = Task.Factory.StartNew(
                () => RunThread(fold, share, partitionCount, together),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await Task.WhenAll(threads);
    }

    void RunThread(
        IFold<TMessage, TState> fold, HostedPartition<TMessage, TState>[] share, int partitionCount, CancellationTokenSource together)
    {
        try
        {
            using var thread = new FoldThread<TMessage, TState>(fold, _kafka, _options, Counters, share, partitionCount, Signal);
            thread.Run(together.Token);
        }
        catch
        {
            together.Cancel();
            throw;
        }
    }

    Dictionary<int, long> FindEnds()
    {
        using var questions = new NativeQuestions(_kafka);
        var topic = _first.Input.Name;
        return Enumerable.Range(0, questions.PartitionCount(topic))
            .ToDictionary(partition => partition, partition => questions.Watermarks(topic, partition).High);
    }

    (List<int> Hosted, int Count) FindPartitions()
    {
        using var questions = new NativeQuestions(_kafka);
        var count = questions.PartitionCount(_first.Input.Name);
        if (_options.Partitions is null) return ([.. Enumerable.Range(0, count)], count);
        var wrong = _options.Partitions.Where(partition => partition < 0 || partition >= count).ToArray();
        return wrong.Length == 0
            ? ([.. _options.Partitions.Distinct().Order()], count)
            : throw new ConfigurationException($"partitions of {_first.Input.Name}", string.Join(", ", wrong), $"0 to {count - 1}");
    }

    Task NextSignal()
    {
        lock (_lock) return _progressed.Task;
    }

    void Signal()
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            signal = _progressed;
            _progressed = NewSignal();
        }

        signal.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
