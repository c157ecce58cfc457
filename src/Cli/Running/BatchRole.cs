using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>The BatchJob inside the process of a stack: reads its topics from their beginning and decides at month ends.</summary>
sealed class BatchRole : IDisposable
{
    /// <summary>Name at the gate.</summary>
    const string Name = "batch";

    readonly RetrainOptions _options;
    readonly StreamRetrainer _retrainer;
    readonly KafkaOptions _kafka;
    readonly FlowGate? _gate;
    readonly TopicObserver[] _readers;
    readonly RecordPublisher _publisher;

    public BatchRole(RetrainOptions options, BarGate? quality, KafkaOptions kafka, FlowGate? gate)
    {
        (_options, _kafka, _gate) = (options, kafka, gate);
        _retrainer = new StreamRetrainer(options, quality);
        _publisher = new RecordPublisher(kafka, new FoldCounters(Name), gate);
        var reading = new RecordReaderOptions { Follow = true, Gate = gate, Name = Name };
        _readers = [.. _retrainer.Inputs.Select(topic => new TopicObserver(kafka, topic, reading, Take))];
    }

    /// <summary>What has to run.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Roles => _readers.Select(reader => (Func<CancellationToken, Task>)reader.RunAsync);

    /// <summary>Registers the readers at the gate.</summary>
    public IEnumerable<FlowMeter> HoldGate() => _gate is null ? [] : _readers.Select(reader => _gate.Consume(reader.Topic.Name, Name));

    /// <summary>Decides on what has been published before a month end, and publishes decisions and promotions.</summary>
    /// <param name="monthEndUs">The month end, microseconds since 1970 UTC.</param>
    /// <param name="records">Bars and trades published by this run so far: with fewer than a candidate's rows there is no need to
    /// look.</param>
    /// <param name="caughtUp">Waits until everything before has gone through the folds.</param>
    /// <param name="cancellation">Ends it with nothing published.</param>
    public async Task DecideAsync(long monthEndUs, long records, Func<CancellationToken, Task> caughtUp, CancellationToken cancellation)
    {
        // A broker of others may hold rows of earlier runs, an embedded one can't.
        if (_gate is not null && records < _options.TrainRowsMin + _options.HeldBackRows) return;
        _publisher.Stopping = cancellation;
        await caughtUp(cancellation);
        await ReadAllAsync(cancellation);
        var results = await Task.Run(() => _retrainer.DecideMonth(monthEndUs, cancellation), cancellation);
        if (results.Count == 0) return;
        foreach (var result in results) result.PublishTo(_publisher);

        // The next month's micro-batches come after the promotions in the log: the records that make them wait for this.
        await Task.Run(() => _publisher.Flush(), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _publisher.Dispose();

    async Task ReadAllAsync(CancellationToken cancellation)
    {
        if (_gate is not null)
        {
            foreach (var reader in _readers) await _gate.DrainedAsync(reader.Topic.Name, cancellation);
            return;
        }

        using var admin = new TopicAdmin(_kafka);
        foreach (var reader in _readers)
        {
            var ends = await Task.Run(() => admin.EndOffsets(reader.Topic.Name), cancellation);
            await reader.ReachAsync(ends, cancellation);
        }
    }

    void Take(string topic, string schemaName, ReadOnlySpan<byte> body)
    {
        try
        {
            _retrainer.Add(schemaName, body);
        }
        catch (RecordDefectException)
        {
            // The Trainer puts it among the dead letters; no model learns from it here either.
        }
    }
}
