using System.Runtime.InteropServices;

namespace Kafka.Stock.Cli;

/// <summary>
/// Ctrl-C and a request to end, as a cancellation: the first asks for a clean stop, a second one ends the process at
/// once.
/// </summary>
sealed class StopSignal : IDisposable
{
    const string ShowCursor = "\e[?25h";
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration _interrupt;
    readonly PosixSignalRegistration _terminate;
    ITimer? _overdue;

    public StopSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _overdue?.Dispose();
        _source.Dispose();
    }

    void Receive(PosixSignalContext signal)
    {
        if (_source.IsCancellationRequested)
        {
            if (Terminal.IsWatched) Console.Out.Write(ShowCursor); // whoever draws won't come to it any more
            return;
        }

        signal.Cancel = true;
        _overdue = TimeProvider.System.CreateTimer(_ => GiveUp(), null, s_limit, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    static void GiveUp()
    {
        Console.Error.WriteLine($"kstock: found no end {s_limit.TotalSeconds:F0} s after it was asked to stop; ended all the same");
        Environment.Exit(ExitCode.Failed);
    }
}
