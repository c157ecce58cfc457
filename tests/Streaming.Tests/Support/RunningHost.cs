using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

/// <summary>A host of an echo that runs until the end of the test.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly CancellationTokenSource _stop = new();
    readonly Task _run;

    public RunningHost(
        TestBroker broker, string input, string output, Topic deadLetters, FoldHostOptions? options = null, KafkaOptions? kafka = null)
    {
        options = (options ?? new FoldHostOptions()) with { DeadLetters = deadLetters, CommitIntervalMs = 20, Events = Events.Add };
        Host = new FoldHost<Tick, EchoState>(() => new EchoFold(input, output), kafka ?? broker.Options, options);
        _run = Host.RunAsync(_stop.Token);
    }

    public FoldHost<Tick, EchoState> Host { get; }

    public EventList Events { get; } = new();

    /// <summary>Completes when the host has ended by itself.</summary>
    public Task Ended => _run.WaitAsync(s_patience);

    public Task CaughtUpAsync() => Host.CaughtUpAsync(new CancellationTokenSource(s_patience).Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(s_patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_run, Task.Run(() => _run.ContinueWith(static _ => { }, TaskScheduler.Default)));
        _stop.Dispose();
    }
}
