using System.Globalization;
using Kafka.Stock.BatchJob;
using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>How far a retrain is: a bar with the time left on a terminal, plain lines elsewhere; on standard error.</summary>
static class RetrainBar
{
    static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);

    /// <summary>Does the work while its progress is shown.</summary>
    public static async Task<TResult> ShowAsync<TResult>(Func<Action<RetrainProgress>, Task<TResult>> work)
    {
        if (Console.IsErrorRedirected) return await work(new Lines(Console.Error, TimeProvider.System).Report);
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("reading the topics", autoStart: true);
                return work(progress =>
                {
                    bar.Description = "training";
                    bar.MaxValue = progress.Total;
                    bar.Value = progress.Done;
                });
            });
    }

    /// <summary>A line every two seconds, and the last.</summary>
    public sealed class Lines(TextWriter output, TimeProvider time)
    {
        readonly Lock _lock = new();
        long? _started;
        TimeSpan _last;

        public void Report(RetrainProgress progress)
        {
            lock (_lock)
            {
                _started ??= time.GetTimestamp();
                var elapsed = time.GetElapsedTime(_started.Value);
                if (progress.Done < progress.Total && elapsed - _last < s_every) return;
                _last = elapsed;
                var left = elapsed / progress.Done * (progress.Total - progress.Done);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"kstock: {progress.Done} of {progress.Total} series trained, left {left:m\\:ss}"));
            }
        }
    }
}
