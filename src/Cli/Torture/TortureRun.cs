using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Runs the writers, kills some of them, and remembers what they were told.</summary>
/// <remarks>A writer is this program again (<see cref="TortureVerb.WriterName"/>), and says each commit on a line of its standard
/// output. One that is due to be killed dies when another's or its own commit becomes known, wherever it is by then.</remarks>
sealed class TortureRun(TortureOptions options, TextWriter progress) : IDisposable
{
    const int ProgressParts = 20;
    readonly ConcurrentDictionary<(int Writer, long Number), long> _told = new();
    readonly Dictionary<int, Process> _running = [];
    readonly HashSet<int> _dying = [];
    readonly Lock _lock = new();
    long _count;
    long _lostRaces;
    int _kills;
    int _killsAsked;

    /// <summary>Appends, then checks.</summary>
    /// <param name="lake">The same lake, to read it.</param>
    /// <param name="cancellation">Ends the writers.</param>
    /// <exception cref="BrokenInputException">A writer failed: says what it said.</exception>
    public async Task<TortureOutcome> RunAsync(Lake lake, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writers = Enumerable.Range(0, options.Writers).Select(writer => WriterAsync(writer, end.Token)).ToList();
        while (writers.Count > 0)
        {
            var ended = await Task.WhenAny(writers);
            writers.Remove(ended);
            if (ended.IsCompletedSuccessfully) continue;
            await end.CancelAsync();
            await Task.WhenAll(writers.Append(ended));
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await progress.WriteLineAsync("kstock: reading every commit and every row");
        var report = await TortureCheck.RunAsync(lake, TortureVerb.Table, options.Writers, options.Commits, _told, cancellation);
        return new TortureOutcome(options with { Kills = _kills }, report, _lostRaces, seconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _running.Values)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>One writer after the other of this number, until one ends by itself.</summary>
    async Task WriterAsync(int writer, CancellationToken cancellation)
    {
        const int KilledExitCode = 137;
        while (true)
        {
            using var process = Process.Start(StartOf(writer))!;
            lock (_lock) _running[writer] = process;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(cancellation);
                while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line) Take(writer, line);
                await process.WaitForExitAsync(cancellation);
                var wasAsked = TakeOff(writer);
                if (process.ExitCode == 0)
                {
                    // It was faster than its killer: somebody else's turn.
                    if (wasAsked) Interlocked.Decrement(ref _killsAsked);
                    return;
                }

                if (process.ExitCode == KilledExitCode && wasAsked) Interlocked.Increment(ref _kills);
                else throw new BrokenInputException($"writer {writer}", (await errors).Trim(), "none that fails");
            }
            finally
            {
                // Before it is disposed, so that nobody kills what isn't there.
                TakeOff(writer);
                if (!process.HasExited) process.Kill();
            }
        }
    }

    void Take(int writer, string line)
    {
        // The last line of a killed process may be cut.
        if (line.Split(' ') is not [var number, var version, var races, "done"]) return;
        _told[(writer, long.Parse(number, CultureInfo.InvariantCulture))] = long.Parse(version, CultureInfo.InvariantCulture);
        lock (_lock)
        {
            _count++;
            _lostRaces += long.Parse(races, CultureInfo.InvariantCulture);
            if (_count * ProgressParts / options.Total > (_count - 1) * ProgressParts / options.Total)
            {
                progress.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"kstock: {_count} of {options.Total} commits, {_kills} writers killed"));
            }

            var isDue = _count > (_killsAsked + 1) * options.Total / (options.Kills + 1);
            if (isDue && _killsAsked < options.Kills) Kill((writer + _killsAsked) % options.Writers);
        }
    }

    /// <summary>The first writer from this number on that runs and isn't dying already.</summary>
    void Kill(int first)
    {
        for (var i = 0; i < options.Writers; i++)
        {
            var writer = (first + i) % options.Writers;
            if (_dying.Contains(writer) || !_running.TryGetValue(writer, out var process)) continue;
            _dying.Add(writer);
            _killsAsked++;
            process.Kill();
            return;
        }
    }

    /// <returns>True where it was to be killed.</returns>
    bool TakeOff(int writer)
    {
        lock (_lock)
        {
            _running.Remove(writer);
            return _dying.Remove(writer);
        }
    }

    ProcessStartInfo StartOf(int writer)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "kstock.dll");
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] words =
        [
            "torture", TortureVerb.WriterName, options.Path, "--writer", writer.ToString(CultureInfo.InvariantCulture),
            "--commits", options.Commits.ToString(CultureInfo.InvariantCulture), .. options.Flags,
        ];
        return new ProcessStartInfo(isHost ? Environment.ProcessPath! : DotnetHost(), words.Prepend(program))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
