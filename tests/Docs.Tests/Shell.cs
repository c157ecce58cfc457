using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kafka.Stock.Docs.Tests;

/// <summary>A bash that runs one command, and what it has said so far.</summary>
sealed class Shell : IDisposable
{
    /// <summary>Bound on every wait: generous, because it is only reached when something is broken.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(200);

    readonly Process _process;
    readonly ConcurrentQueue<string> _said = new();
    readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string _waitFor;

    /// <summary>Starts the command.</summary>
    /// <param name="command">For bash; a pipe fails when any part of it does.</param>
    /// <param name="folder">Where it runs; programs in its <c>bin</c> come first.</param>
    /// <param name="waitFor">What <see cref="HeardAsync"/> waits for, part of a line.</param>
    public Shell(string command, string folder, string waitFor = "kstock: ")
    {
        _waitFor = waitFor;
        var start = new ProcessStartInfo("bash", ["-c", "set -euo pipefail; " + command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("KSTOCK_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_TieredPGO"] = "0"; // profiles of code never pay in so short a life, and take a quarter of it
        start.Environment["PATH"] = Path.Combine(folder, "bin") + Path.PathSeparator + start.Environment["PATH"];
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The last lines of both outputs.</summary>
    public string Said => string.Join('\n', _said.TakeLast(20));

    /// <summary>Lines of both outputs that hold a text.</summary>
    public IEnumerable<string> Lines(string part) => _said.Where(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>Waits for the line that was asked for.</summary>
    /// <exception cref="InvalidOperationException">The command ended without it.</exception>
    public async Task HeardAsync(CancellationToken cancellation)
    {
        var ended = _process.WaitForExitAsync(cancellation);
        if (await Task.WhenAny(_heard.Task, ended) == _heard.Task) return;
        await ended;
        if (!_heard.Task.IsCompleted) throw new InvalidOperationException($"found no '{_waitFor}' but:\n{Said}");
    }

    /// <summary>Does what Ctrl-C does. The command must have been started with <c>exec</c>, or bash gets it.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    void Hear(string? line)
    {
        if (line is null) return;
        _said.Enqueue(line);
        if (line.Contains(_waitFor, StringComparison.Ordinal)) _heard.TrySetResult();
    }
}
