using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A <see cref="WriterProgram"/> in a process of its own, ended at the latest with the test.</summary>
sealed class WriterProcess : IDisposable
{
    /// <summary>What the kernel makes of SIGKILL.</summary>
    public const int KilledExitCode = 137;

    /// <summary>Only reached where something is broken: 250 commits of eight processes on S3 may take minutes on a busy machine.</summary>
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);
    readonly Process _process;
    readonly Task _read;
    readonly Task<string> _errors;
    readonly SemaphoreSlim _commits = new(0);

    public WriterProcess(string lake, string? endpoint, int writer, long commits, DeathPlan? death, int heldAfter)
    {
        Writer = writer;
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments =
        [
            typeof(WriterProgram).Assembly.Location, lake, endpoint ?? "-", writer.ToString(CultureInfo.InvariantCulture),
            commits.ToString(CultureInfo.InvariantCulture), death?.ToString() ?? "-", heldAfter.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(host, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Eight of them and two processors: compiling twice isn't worth its time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _read = ReadAsync();
    }

    public int Writer { get; }

    /// <summary>Commits that the writer was told of, with their versions.</summary>
    public ConcurrentDictionary<long, long> Told { get; } = new();

    /// <summary>Waits until another commit was told; false when the process has ended.</summary>
    public async Task<bool> CommittedAsync()
    {
        var next = _commits.WaitAsync(s_limit);
        return await Task.WhenAny(next, _read) == next && await next;
    }

    public void Kill() => _process.Kill();

    /// <summary>Lets a writer go on that is held, or will be.</summary>
    public void GoOn() => _process.StandardInput.Close();

    /// <summary>Waits for the end, of its own or not.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        await _read.WaitAsync(s_limit);
        return _process.ExitCode;
    }

    /// <summary>Waits for the end, which must be a good one.</summary>
    public async Task DoneAsync()
    {
        var exitCode = await EndAsync();
        Assert.True(exitCode == 0, $"writer {Writer}: exit code {exitCode}\n{await _errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _commits.Dispose();
    }

    async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            // The last line of a killed process may be cut.
            if (parts is not [var number, var version, "done"]) continue;
            Told[long.Parse(number, CultureInfo.InvariantCulture)] = long.Parse(version, CultureInfo.InvariantCulture);
            _commits.Release();
        }
    }
}
