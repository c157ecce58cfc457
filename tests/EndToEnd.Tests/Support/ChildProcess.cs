using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A process of ours: its lines, its end, its signals. Ended, by its id, at the latest with the test.</summary>
sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Bound on every wait: generous, because it is only reached when something is broken.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    readonly Process _process;
    readonly StringBuilder _error = new();
    readonly Lock _lock = new();
    readonly Task<string> _output;
    readonly Task _errorRead;
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ChildProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorRead = ReadErrorAsync();
    }

    public int Id => _process.Id;

    /// <summary>Starts a program in a folder, with nothing of this process's settings in its environment.</summary>
    public static ChildProcess Start(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList()) start.Environment.Remove(name);
        return new ChildProcess(start);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        await using var child = Start(folder, program, arguments);
        return await child.EndAsync();
    }

    /// <summary>Waits for text on standard error and gives the line that holds it.</summary>
    public async Task<string> ErrorLineAsync(string text)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                var line = Array.Find(_error.ToString().Split('\n')[..^1], one => one.Contains(text, StringComparison.Ordinal));
                if (line is not null) return line;
                if (_errorRead.IsCompleted) break;
                grown = _grown.Task;
            }

            await Task.WhenAny(grown, _errorRead).WaitAsync(Limit);
        }

        throw new InvalidOperationException($"'{text}' never came; {await EndAsync()}");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Limit);
        await _errorRead.WaitAsync(Limit);
        return new Ended(_process.ExitCode, await _output.WaitAsync(Limit), _error.ToString());
    }

    /// <summary>Sends a signal, by the name that <c>kill</c> knows.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    static bool IsSetting(string name) => name.StartsWith("KSTOCK_", StringComparison.Ordinal) && name != "KSTOCK_SHARED";

    async Task ReadErrorAsync()
    {
        var buffer = new char[4_096];
        while (await _process.StandardError.ReadAsync(buffer) is var count and > 0)
        {
            lock (_lock)
            {
                _error.Append(buffer, 0, count);
                _grown.TrySetResult();
                _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
