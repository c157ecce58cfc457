using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>Runs all roles over files while a person watches: a board on a terminal, plain lines elsewhere, a summary at the end.</summary>
sealed class LiveRun(LiveRunOptions options)
{
    static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan s_line = TimeSpan.FromSeconds(2);
    readonly TimeProvider _time = TimeProvider.System;
    readonly long _started = TimeProvider.System.GetTimestamp();
    PacedSink? _sink;
    long _rows;
    long _eventTimeUs;
    bool _drained;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        _rows = CountRows(cancellation);
        await using var stack = Stack.Start(options.Stack, cancellation);
        await Console.Error.WriteLineAsync($"kstock: broker at {stack.Kafka.BootstrapServers}");
        var work = WorkAsync(stack, cancellation);
        if (Terminal.IsWatched) await ShowBoardAsync(stack, work);
        else await ShowLinesAsync(stack, work);
        await work;
        var seconds = _time.GetElapsedTime(_started).TotalSeconds;
        await options.AfterWork(cancellation);
        RunSummary.Write(Terminal.Open(), stack.Tally, seconds, options.Attribution);
        if (options.JsonResult) await Console.Out.WriteLineAsync(DemoResult.ToJson(stack.Tally, seconds));
        if (options.Keep) await ServeAsync(stack, cancellation);
        await stack.StopAsync();
        return ExitCode.Done;
    }

    /// <summary>
    /// Rows of all files, so that progress is true and pacing even. A file that can't be read fails here, before
    /// anything runs.
    /// </summary>
    long CountRows(CancellationToken cancellation)
    {
        var rows = 0L;
        foreach (var report in new FileValidator(options.Files).Validate(cancellation))
        {
            if (report.IsBroken)
            {
                var problem = report.Problems[^1];
                throw new BrokenInputException(problem.Where, problem.Found, problem.Expected);
            }

            rows += report.Kind == Sources.FileKind.CorporateActions ? 0 : report.RowCount;
        }

        return rows;
    }

    async Task WorkAsync(Stack stack, CancellationToken cancellation)
    {
        await stack.IngestAsync(
            options.Files, inner => _sink = new PacedSink(inner, _rows, options.Over, _time),
            progress => Interlocked.Exchange(ref _eventTimeUs, progress.EventTimeUs), cancellation);
        await stack.DrainAsync(cancellation);
        Volatile.Write(ref _drained, true);
    }

    async Task ShowBoardAsync(Stack stack, Task work)
    {
        using var frames = new PeriodicTimer(s_frame, _time);
        await AnsiConsole.Live(Frame(stack)).Overflow(VerticalOverflow.Crop).AutoClear(true).StartAsync(async display =>
        {
            while (!work.IsCompleted)
            {
                display.UpdateTarget(Frame(stack));
                await Task.WhenAny(work, frames.WaitForNextTickAsync().AsTask());
            }
        });
    }

    async Task ShowLinesAsync(Stack stack, Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(s_line, _time)) != work)
        {
            var now = Progress();
            var left = now.Left is { } time ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture) : "unknown";
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"kstock: {now.Done:P0} of {_rows:N0} rows, {now.Rate:N0} rows/s, left {left}, forecasts {stack.Tally.Forecasts:N0}"));
        }
    }

    static async Task ServeAsync(Stack stack, CancellationToken cancellation)
    {
        var bootstrap = stack.Kafka.BootstrapServers;
        await Console.Error.WriteLineAsync(
            $"kstock: serving at {bootstrap} until Ctrl-C; try: kstock consume forecasts --bootstrap {bootstrap}");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Spectre.Console.Rendering.IRenderable Frame(Stack stack) =>
        BoardView.Draw(
            stack.Tally, Progress(), stack.Kafka.BootstrapServers, options.Attribution,
            AnsiConsole.Profile.Width, AnsiConsole.Profile.Height);

    RunProgress Progress()
    {
        var done = _sink?.Done ?? 0;
        var share = _rows == 0 || Volatile.Read(ref _drained) ? 1 : Math.Min(1, (double)done / _rows);
        return new RunProgress(share, done, Interlocked.Read(ref _eventTimeUs), _time.GetElapsedTime(_started));
    }
}
