using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock batch serve</c>: retrains at the times of a schedule and after drift, one at a time.</summary>
static class BatchServing
{
    /// <summary>From one look at the drift alarms to the next.</summary>
    static readonly TimeSpan s_driftEvery = TimeSpan.FromMinutes(1);

    /// <summary>Serves until stopped.</summary>
    /// <exception cref="ConfigurationException">The schedule makes no sense.</exception>
    public static async Task RunAsync(SettingValues values, RetrainJob job, CancellationToken stopping)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var turn = new SemaphoreSlim(1);
        var store = BatchWork.StoreOf(values);
        var cron = new CronService(
            CronOf(values), store, TimeProvider.System, cancellation => RetrainAsync(RetrainTrigger.Month, null, cancellation), Say);
        var drift = new DriftService(
            FoldOptions.Calendar(values), FoldOptions.Retrain(values).DriftPauseSessions, s_driftEvery, store, TimeProvider.System,
            AlarmsAsync, (interval, cancellation) => RetrainAsync(RetrainTrigger.Drift, interval, cancellation), Say);
        Task[] services = [cron.RunAsync(both.Token), drift.RunAsync(both.Token)];
        var first = await Task.WhenAny(services);
        await both.CancelAsync();
        await Task.WhenAll(services).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await first;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl-C is the usual end.
        }

        async Task RetrainAsync(string trigger, string? interval, CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation);
            try
            {
                foreach (var result in await job.RetrainAsync(null, cancellation, trigger, interval)) Say(DecisionLine.Of(result.Decision));
            }
            finally
            {
                turn.Release();
            }
        }

        async Task<IReadOnlyList<DriftAlarm>> AlarmsAsync(CancellationToken cancellation) => await Task.Run(
            () => TopicRecords.Read<DriftAlarm>(StackSettings.Client(values), StockTopics.Drift, cancellation), cancellation)
            .WaitAsync(cancellation);
    }

    static CronOptions CronOf(SettingValues values) => new()
    {
        Cron = values.Text(SettingTable.Cron),
        TimeZone = values.Text(SettingTable.TimeZone),
        RetryDelay = TimeSpan.FromSeconds(values.Whole(SettingTable.RetryAfter)),
    };

    static void Say(string line) => Console.Error.WriteLine("kstock: " + line);
}
