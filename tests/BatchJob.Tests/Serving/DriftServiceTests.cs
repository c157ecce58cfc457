using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Serving;

public sealed class DriftServiceTests : IDisposable
{
    readonly Scratch _scratch = new();
    readonly List<DriftAlarm> _alarms = [];
    readonly List<string> _runs = [];
    readonly List<string> _said = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_alarm_retrains_its_interval_once_and_the_decision_begins_the_pause()
    {
        _alarms.AddRange([Alarm("A/1d/csv", 4), Alarm("B/1d/csv", 5), Alarm("A/1m/iex", 5)]);
        await ServeAsync(looks: 4, decidedAt: _ => Close(6));
        Assert.Equal(["1d", "1m"], _runs);

        // A service started anew goes by the same decisions.
        _alarms.Add(Alarm("A/1d/csv", 6 + 20));
        await ServeAsync(looks: 2, decidedAt: _ => Close(30));
        Assert.Equal(["1d", "1m"], _runs);
        _alarms.Add(Alarm("A/1d/csv", 6 + 21));
        await ServeAsync(looks: 3, decidedAt: _ => Close(30));
        Assert.Equal(["1d", "1m", "1d"], _runs);
    }

    [Theory]
    [InlineData("month", 0)]
    [InlineData("drift", 0)]
    [InlineData("initial", 1)]
    [InlineData("rollback", 1)]
    public async Task A_scheduled_retrain_begins_the_pause_and_first_models_and_rollbacks_do_not(string trigger, int runs)
    {
        await _scratch.Store.PutAsync(
            new RetrainDecision { Interval = "1d", DecidedAtUs = Close(3), Trigger = trigger }, CancellationToken.None);
        _alarms.Add(Alarm("A/1d/csv", 4));
        await ServeAsync(looks: 2, decidedAt: _ => Close(6));
        Assert.Equal(runs, _runs.Count);
    }

    [Fact]
    public async Task None_is_started_while_a_scheduled_run_counts_as_failed()
    {
        await _scratch.Store.PutAsync(new LastRun(7, Succeeded: false), CancellationToken.None);
        _alarms.Add(Alarm("A/1d/csv", 4));
        await ServeAsync(looks: 3, decidedAt: _ => Close(6));
        Assert.Empty(_runs);
        await _scratch.Store.PutAsync(new LastRun(7, Succeeded: true), CancellationToken.None);
        await ServeAsync(looks: 1, decidedAt: _ => Close(6));
        Assert.Equal(["1d"], _runs);
    }

    [Fact]
    public async Task A_retrain_that_fails_is_said_and_tried_again_at_the_next_look()
    {
        _alarms.Add(Alarm("A/1d/csv", 4));
        await ServeAsync(
            looks: 4, decidedAt: run => run == 0 ? throw new StreamException(Verdict.Retry, "broker", "no answer", "one") : Close(6));
        Assert.Equal(["1d", "1d"], _runs);
        Assert.Single(_said, line => line.StartsWith("no retrain after drift: broker: found no answer", StringComparison.Ordinal));
        Assert.Equal(2, _said.Count(line => line == "drift in series of 1d: they are retrained"));
    }

    [Fact]
    public async Task Without_an_alarm_nothing_happens()
    {
        await ServeAsync(looks: 3, decidedAt: _ => Close(6));
        Assert.Empty(_runs);
        Assert.Empty(_said);
    }

    /// <summary>Serves until it has looked so often.</summary>
    async Task ServeAsync(int looks, Func<int, long> decidedAt)
    {
        using var stop = new CancellationTokenSource();
        var clock = new FakeClock(DateTimeOffset.UnixEpoch);
        var service = new DriftService(
            UsEquitiesCalendar.Instance, 21, TimeSpan.FromMinutes(1), _scratch.Store, new CountingClock(clock, looks, stop),
            _ => Task.FromResult<IReadOnlyList<DriftAlarm>>(_alarms),
            async (interval, cancellation) =>
            {
                _runs.Add(interval);
                var decision = new RetrainDecision
                {
                    Interval = interval,
                    Trigger = RetrainTrigger.Drift,
                    DecidedAtUs = decidedAt(_runs.Count - 1),
                };
                await _scratch.Store.PutAsync(decision, cancellation);
            },
            _said.Add);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.RunAsync(stop.Token));
    }

    static DriftAlarm Alarm(string series, int session) =>
        new(SeriesId.Parse(series), Close(session), "adwin", "aggregate", 1, 2, 100);

    /// <summary>Close of the nth session of 2010.</summary>
    static long Close(int session)
    {
        var day = UsEquitiesCalendar.Instance.NextSession(new DateOnly(2009, 12, 31));
        for (var i = 1; i < session; i++) day = UsEquitiesCalendar.Instance.NextSession(day.Day);
        return day.CloseUs;
    }

    /// <summary>Asks for a stop at the wait after so many looks.</summary>
    sealed class CountingClock(FakeClock clock, int looks, CancellationTokenSource stop) : TimeProvider
    {
        int _waits;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (_waits++ < looks) return clock.CreateTimer(callback, state, dueTime, period);
            stop.Cancel();
            return clock.CreateTimer(_ => { }, state, dueTime, period);
        }
    }
}
