using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>One thread of a host: a consumer, a producer, and the states of its partitions.</summary>
sealed class FoldThread<TMessage, TState> : IDisposable
    where TMessage : new()
    where TState : class, new()
{
    const int LookAtClockEvery = 64;
    const int IdleWaitMs = 100;

    readonly IFold<TMessage, TState> _fold;
    readonly KafkaOptions _kafka;
    readonly FoldHostOptions _options;
    readonly FoldCounters _counters;
    readonly PartitionProgress[] _progress;
    readonly HostedPartition<TMessage, TState>?[] _byNumber;
    readonly Action _progressed;
    readonly InputConsumer _input;
    readonly RecordPublisher _output;
    readonly FlushThenCommit _commit;
    readonly InputFrames _frames;
    readonly FlowMeter? _meter;
    bool _hasFailed;

    public FoldThread(
        IFold<TMessage, TState> fold, KafkaOptions kafka, FoldHostOptions options, FoldCounters counters,
        IReadOnlyList<HostedPartition<TMessage, TState>> partitions, int partitionCount, Action progressed)
    {
        _fold = fold;
        _kafka = kafka;
        _options = options;
        _counters = counters;
        _progressed = progressed;
        _progress = [.. partitions.Select(partition => partition.Progress)];
        _byNumber = new HostedPartition<TMessage, TState>?[partitions.Max(partition => partition.Progress.Partition) + 1];
        foreach (var partition in partitions) _byNumber[partition.Progress.Partition] = partition;
        var group = options.Group ?? fold.Name;
        _input = new InputConsumer(kafka, group, fold.Input.Name, options.Time, Complain);
        try
        {
            _output = new RecordPublisher(kafka, counters, options.Gate);
        }
        catch
        {
            _input.Dispose();
            throw;
        }

        _commit = new FlushThenCommit(_input, _output, kafka, options.Time, Complain);
        _frames = new InputFrames(fold.Name, fold.Input, partitionCount, options);
        _meter = options.Gate?.Consume(fold.Input.Name, group);
    }

    /// <summary>Folds until <paramref name="stopping"/>; then everything that is done is delivered and committed.</summary>
    /// <exception cref="StreamException">Somebody has to decide: broker, log, or a step that threw.</exception>
    public void Run(CancellationToken stopping)
    {
        _output.Stopping = stopping;
        _output.StopLimitMs = _options.StopLimitMs;
        FoldStart.Place(_fold.Name, _fold.Input.Name, _input, _progress, _options.Events);
        _input.Assign(_progress);
        _progressed();
        try
        {
            Loop(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A wait inside a record ended by the stop: the record counts as not folded.
        }
        catch (Exception)
        {
            _hasFailed = true;
            CommitWhatIsDone(stopping);
            throw;
        }

        Commit(_options.StopLimitMs, stopping);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter?.Dispose();
        _output.Dispose();
        _input.Dispose();
    }

    void Loop(CancellationToken stopping)
    {
        var time = _options.Time;
        var lastCommit = time.GetTimestamp();
        var untilClock = LookAtClockEvery;
        while (!stopping.IsCancellationRequested)
        {
            var hasRecord = _input.TryRead(Math.Min(IdleWaitMs, _options.CommitIntervalMs));
            if (hasRecord) Fold(stopping);
            if (hasRecord && --untilClock > 0) continue;
            untilClock = LookAtClockEvery;
            if (time.GetElapsedTime(lastCommit).TotalMilliseconds < _options.CommitIntervalMs) continue;
            Commit(-1, stopping);
            lastCommit = time.GetTimestamp();
        }
    }

    void Fold(CancellationToken stopping)
    {
        var partition = _byNumber[_input.Partition]!;
        var progress = partition.Progress;
        var offset = _input.Offset;
        if (_kafka.IsEmbedded && offset != progress.Next) throw Lost(progress, offset);
        var isLive = offset >= progress.LiveFrom;
        try
        {
            var body = _frames.Open(_input, stopping, out var schema);
            partition.Fold.Apply(new LogRecord(schema, _input.Key, body, offset), isLive ? _output : MutedOutput.Instance);
        }
        catch (RecordDefectException defect)
        {
            if (isLive) PutToDeadLetters(defect);
        }
        catch (Exception error) when (error is not (StreamException or OperationCanceledException))
        {
            throw new StreamException(
                Verdict.Stop, Where(offset), $"{error.GetType().Name} in a step of {_fold.Name}: {error.Message}",
                "a step that takes every record or calls it defective; this is a bug of the fold", error);
        }

        progress.Folded(offset);
        Count(isLive);
    }

    void Count(bool isLive)
    {
        if (!isLive)
        {
            _counters.AddRefolded();
            return;
        }

        _counters.AddConsumed();
        _meter?.Add(_input.Key.Length + _input.Value.Length);
    }

    void PutToDeadLetters(RecordDefectException defect)
    {
        _options.Events?.Invoke(StreamEvents.DeadLetter(_fold.Name, $"{Where(_input.Offset)}: {defect.Message}"));
        _output.PublishRaw(_options.DeadLetters, _input.CopyKey(), _input.CopyValue(), DeadLetterHeaders.Of(
            defect, _fold.Name, _fold.Input.Name, _input.Partition, _input.Offset));
    }

    void Commit(int flushLimitMs, CancellationToken stopping)
    {
        if (_commit.Commit(_progress, flushLimitMs, stopping)) _counters.AddCommit();
        foreach (var progress in _progress) progress.SawHighWatermark(_input.LastHighWatermark(progress.Partition));
        _progressed();
    }

    /// <summary>What was folded before the failure counts, if the broker still takes it; the failure itself is what gets
    /// reported.</summary>
    void CommitWhatIsDone(CancellationToken stopping)
    {
        try
        {
            Commit(_options.StopLimitMs, stopping);
        }
        catch (StreamException second)
        {
            Complain(second.Message);
        }
    }

    void Complain(string reason)
    {
        if (!_hasFailed) _options.Events?.Invoke(StreamEvents.ClientError(_fold.Name, reason));
    }

    StreamException Lost(PartitionProgress progress, long offset) => new(
        Verdict.Stop, Where(progress.Next), string.Create(CultureInfo.InvariantCulture, $"offset {offset}"),
        "the next offset; the embedded broker has forgotten records that weren't read: use a flow gate, or a real broker");

    string Where(long offset) => string.Create(CultureInfo.InvariantCulture, $"{_fold.Input.Name}[{_input.Partition}]@{offset}");
}
