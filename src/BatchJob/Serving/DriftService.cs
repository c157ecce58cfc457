using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains an interval after a drift alarm of one of its series, until it is stopped.</summary>
/// <remarks>
/// It goes by the alarms of the topic and the decisions of the store, and keeps nothing in memory: a service that was started anew asks
/// for the same retrains. A decision begins the pause, whatever it was. While a scheduled run counts as failed none is started.
/// </remarks>
/// <param name="calendar">Counts the sessions of the pause.</param>
/// <param name="pauseSessions">Sessions after a retrain in which alarms of its interval ask for nothing.</param>
/// <param name="every">From one look to the next.</param>
/// <param name="store">Keeps the decisions.</param>
/// <param name="time">The clock.</param>
/// <param name="alarms">Gives all alarms that are known.</param>
/// <param name="run">Retrains an interval.</param>
/// <param name="say">Told what happens, a line each.</param>
public sealed class DriftService(
    ITradingCalendar calendar, int pauseSessions, TimeSpan every, ModelStore store, TimeProvider time,
    Func<CancellationToken, Task<IReadOnlyList<DriftAlarm>>> alarms, Func<string, CancellationToken, Task> run, Action<string> say)
{
    /// <summary>Serves until stopped. A look or retrain that fails is said, and the next look comes as usual.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(every, time, stopping);
            try
            {
                foreach (var interval in await AskedAsync(stopping))
                {
                    say($"drift in series of {interval}: they are retrained");
                    await run(interval, stopping);
                }
            }
            catch (StockException error)
            {
                say($"no retrain after drift: {error.Message}");
            }
        }
    }

    async Task<IReadOnlyList<string>> AskedAsync(CancellationToken stopping)
    {
        if (await store.LastRunAsync(stopping) is { Succeeded: false }) return [];
        var requests = new DriftRequests(calendar, pauseSessions);
        foreach (var decision in await store.DecisionsAsync(stopping))
        {
            if (decision.Trigger is RetrainTrigger.Month or RetrainTrigger.Drift)
                requests.Retrained(decision.Interval, decision.DecidedAtUs);
        }

        foreach (var alarm in await alarms(stopping)) requests.Add(alarm);
        var asked = new List<string>();
        while (requests.TryTake(long.MaxValue, out var interval, out _)) asked.Add(interval);
        return asked;
    }
}
