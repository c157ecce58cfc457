using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>
/// All roles in one process: broker (embedded, unless there is another), Topology, Trainer, BatchJob, and a tally of what
/// they publish.
/// </summary>
sealed class Stack : IAsyncDisposable
{
    static readonly Topic[] s_observed =
    [
        StockTopics.Market,
        StockTopics.Bars,
        StockTopics.MicroBatches,
        StockTopics.Forecasts,
        StockTopics.Scores,
        StockTopics.Decisions,
        StockTopics.DeadLetters,
    ];

    readonly EmbeddedBroker? _broker;
    readonly FlowGate? _gate;
    readonly List<FlowMeter> _meters = [];
    readonly FoldHost<MarketMessage, TopologyState> _topology;
    readonly FoldHost<TrainerMessage, TrainerState> _trainer;
    readonly TopicObserver[] _observers;
    readonly BatchRole? _batch;
    readonly MonthEnds _months;
    readonly CancellationTokenSource _stopping;
    readonly List<Task> _tasks = [];

    Stack(StackOptions options, CancellationToken cancellation)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Kafka is null)
        {
            _broker = EmbeddedBroker.Start(options.Partitions);
            _gate = new FlowGate();
        }

        Kafka = options.Kafka ?? _broker!.Options;
        var host = new FoldHostOptions { CommitIntervalMs = options.CommitIntervalMs, Gate = _gate, Events = options.Events };
        _topology = new(() => new TopologyFold(options.Topology), Kafka, host);
        _trainer = new(() => new TrainerFold(options.Trainer, options.OnStep), Kafka, host);

        // A broker that others use holds other runs as well: only what comes from now on is ours.
        var reading = new RecordReaderOptions { Follow = true, FromEnd = _gate is null, Gate = _gate, Name = "view" };
        _observers = [.. s_observed.Select(topic => new TopicObserver(Kafka, topic, reading, Tally.Add, options.Tap))];
        _months = new MonthEnds(options.Topology.Calendar);
        if (options.Retrain is null) return;
        var quality = options.Gate is { } gate ? new BarGate(gate, options.Topology.Calendar, AcknowledgedRows.Empty) : null;
        _batch = new BatchRole(options.Retrain, quality, Kafka, _gate);
    }

    /// <summary>How to reach the broker.</summary>
    public KafkaOptions Kafka { get; }

    /// <summary>What has been published.</summary>
    public StreamTally Tally { get; } = new();

    /// <summary>Starts everything that waits for input.</summary>
    public static Stack Start(StackOptions options, CancellationToken cancellation)
    {
        var stack = new Stack(options, cancellation);
        stack.HoldGate();
        stack.Begin(stack._topology.RunAsync);
        stack.Begin(stack._trainer.RunAsync);
        foreach (var observer in stack._observers) stack.Begin(observer.RunAsync);
        foreach (var role in stack._batch?.Roles ?? []) stack.Begin(role);
        return stack;
    }

    /// <summary>Publishes files, from where an earlier run stopped.</summary>
    public async Task<IngestProgress> IngestAsync(
        FileReplayOptions files, Func<IMarketSink, IMarketSink> wrap, Action<IngestProgress> report, CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        using var publisher = new RecordPublisher(Kafka, new FoldCounters("ingestor"), _gate) { Stopping = linked.Token };
        var positions = IngestPositions.Read(Kafka, linked.Token);
        var replay = new FileReplay(files, TimeProvider.System, report);
        try
        {
            var sink = WithMonthEnds(wrap(new StreamSink(publisher)), publisher);
            return await Task.Run(() => replay.RunAsync(sink, positions, linked.Token), CancellationToken.None);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await StopAsync(); // a role has failed: its error is the reason, not our cancellation
            throw;
        }
        finally
        {
            publisher.Flush(10_000);
        }
    }

    /// <summary>Waits until everything published by now has gone all the way, into the tally.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        var failed = Task.WhenAny(_tasks);
        var drained = DrainOnceAsync(cancellation);
        if (await Task.WhenAny(drained, failed) == failed) await await failed;
        await drained;
    }

    /// <summary>Ends all roles cleanly.</summary>
    /// <exception cref="StockException">The first reason for which a role had ended before.</exception>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_tasks);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Asked to stop before it had begun.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var meter in _meters) meter.Dispose();
        _batch?.Dispose();
        _broker?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Registers the readers before anybody writes: a gate is open while it knows none.</summary>
    void HoldGate()
    {
        if (_gate is null) return;
        _meters.Add(_gate.Consume(StockTopics.Market.Name, "topology"));
        _meters.Add(_gate.Consume(StockTopics.MicroBatches.Name, "trainer"));
        foreach (var observer in _observers) _meters.Add(_gate.Consume(observer.Topic.Name, "view"));
        if (_batch is not null) _meters.AddRange(_batch.HoldGate());
    }

    IMarketSink WithMonthEnds(IMarketSink sink, RecordPublisher publisher) => _batch is null ? sink : new MonthEndSink(
        sink, _months, (monthEndUs, records, stopping) => _batch.DecideAsync(
            monthEndUs, records, cancellation => FoldedAsync(publisher, cancellation), stopping));

    /// <summary>Waits until all market records published so far have gone through both folds.</summary>
    async Task FoldedAsync(RecordPublisher publisher, CancellationToken cancellation)
    {
        if (_gate is not null)
        {
            await _gate.DrainedAsync(StockTopics.Market.Name, cancellation);
            await _gate.DrainedAsync(StockTopics.MicroBatches.Name, cancellation);
            return;
        }

        await Task.Run(() => publisher.Flush(), cancellation);
        await _topology.CaughtUpAsync(cancellation);
        await _trainer.CaughtUpAsync(cancellation);
    }

    void Begin(Func<CancellationToken, Task> role)
    {
        _tasks.Add(RunAsync());

        async Task RunAsync()
        {
            try
            {
                await role(_stopping.Token);
            }
            catch
            {
                await _stopping.CancelAsync(); // one role's end is everybody's
                throw;
            }
        }
    }

    async Task DrainOnceAsync(CancellationToken cancellation)
    {
        using var admin = new TopicAdmin(Kafka);
        await _topology.CaughtUpAsync(cancellation);
        await _trainer.CaughtUpAsync(cancellation);
        foreach (var observer in _observers)
        {
            var ends = await Task.Run(() => admin.EndOffsets(observer.Topic.Name), cancellation);
            await observer.ReachAsync(ends, cancellation);
        }
    }
}
