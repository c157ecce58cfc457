using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A process of ours: its lines, its end, its signals. Ended, by its id, at the latest with the test.</summary>
/// <remarks>It is run without profiles of its own code: gathering them is a quarter of what such a short process does, and none lives
/// until they pay. Results are the same to the bit.</remarks>
sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Bound on every wait: generous, because it is only reached when something is broken.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    readonly Process _process;
    readonly StringBuilder _error = new();
    readonly Lock _lock = new();
    readonly StringBuilder _output = new();
    readonly Task _outputRead;
    readonly Task _errorRead;
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ChildProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _outputRead = ReadAsync(_process.StandardOutput, _output);
        _errorRead = ReadAsync(_process.StandardError, _error);
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
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new ChildProcess(start);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        await using var child = Start(folder, program, arguments);
        return await child.EndAsync();
    }

    /// <summary>Waits for text on standard error and gives the line that holds it.</summary>
    public Task<string> ErrorLineAsync(string text) => LineAsync(text, _error, _errorRead);

    /// <summary>Waits for text on standard output and gives all that has come there until the end of its line.</summary>
    public async Task<string> OutputUpToAsync(string text)
    {
        var line = await LineAsync(text, _output, _outputRead);
        lock (_lock)
        {
            var all = _output.ToString();
            return all[..(all.IndexOf(line, StringComparison.Ordinal) + line.Length)];
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Limit);
        await Task.WhenAll(_outputRead, _errorRead).WaitAsync(Limit);
        return new Ended(_process.ExitCode, _output.ToString(), _error.ToString());
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

    async Task<string> LineAsync(string text, StringBuilder said, Task read)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                var line = Array.Find(said.ToString().Split('\n')[..^1], one => one.Contains(text, StringComparison.Ordinal));
                if (line is not null) return line;
                if (read.IsCompleted) break;
                grown = _grown.Task;
            }

            await Task.WhenAny(grown, read).WaitAsync(Limit);
        }

        throw new InvalidOperationException($"'{text}' never came; {await EndAsync()}");
    }

    async Task ReadAsync(StreamReader from, StringBuilder said)
    {
        var buffer = new char[4_096];
        while (await from.ReadAsync(buffer) is var count and > 0)
        {
            lock (_lock)
            {
                said.Append(buffer, 0, count);
                _grown.TrySetResult();
                _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
