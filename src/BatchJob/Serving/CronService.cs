using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains at the times of a cron expression until it is stopped.</summary>
/// <remarks>
/// A run that was missed while nobody served is made up for once, however many were missed. A run that fails is tried once more. After
/// a run that failed twice no further one is started until a retrain by hand has succeeded: who comes next would build on what failed.
/// Runs are never two at a time: here because there is one loop, elsewhere because of the store's lease.
/// </remarks>
/// <param name="options">When.</param>
/// <param name="store">Keeps what became of the last run.</param>
/// <param name="time">The clock.</param>
/// <param name="run">Does it.</param>
/// <param name="say">Told what happens, a line each.</param>
public sealed class CronService(
    CronOptions options, ModelStore store, TimeProvider time, Func<CancellationToken, Task> run, Action<string> say)
{
    /// <summary>Longest wait at once, so that a clock that is set is noticed.</summary>
    static readonly TimeSpan s_slice = TimeSpan.FromHours(1);

    /// <summary>Serves until stopped.</summary>
    /// <exception cref="ConfigurationException">The expression makes no sense, or never comes true again.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var cron = options.ToExpression();
        var last = await store.LastRunAsync(stopping);
        var due = Next(last is { } before ? FromUs(before.DueUs) : time.GetUtcNow());
        while (true)
        {
            say($"next run at {Text(due)}");
            while (time.GetUtcNow() < due)
            {
                var left = due - time.GetUtcNow();
                await Task.Delay(left < s_slice ? left : s_slice, time, stopping);
            }

            // Of several missed runs the last one stands for all.
            while (Next(due) <= time.GetUtcNow()) due = Next(due);
            await RunAsync(due, stopping);
            due = Next(due);
        }

        DateTimeOffset Next(DateTimeOffset after) => cron.GetTimeAfter(after)
            ?? throw new ConfigurationException("cron", options.Cron, "an expression that comes true again");
    }

    async Task RunAsync(DateTimeOffset due, CancellationToken stopping)
    {
        if (await store.LastRunAsync(stopping) is { Succeeded: false } failed)
        {
            say($"the run of {Text(FromUs(failed.DueUs))} failed, so that of {Text(due)} isn't started: "
                + "expected a retrain by hand to succeed first (kstock batch retrain)");
            return;
        }

        var succeeded = await TryAsync(due, stopping);
        if (!succeeded)
        {
            say($"one retry in {options.RetryDelay.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
            await Task.Delay(options.RetryDelay, time, stopping);
            succeeded = await TryAsync(due, stopping);
        }

        await store.PutAsync(new LastRun((due.UtcTicks - DateTime.UnixEpoch.Ticks) / 10, succeeded), CancellationToken.None);
    }

    async Task<bool> TryAsync(DateTimeOffset due, CancellationToken stopping)
    {
        try
        {
            await run(stopping);
            return true;
        }
        catch (StockException error)
        {
            say($"the run of {Text(due)} failed: {error.Message}");
            return false;
        }
    }

    static DateTimeOffset FromUs(long us) => DateTimeOffset.UnixEpoch.AddMicroseconds(us);

    static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
