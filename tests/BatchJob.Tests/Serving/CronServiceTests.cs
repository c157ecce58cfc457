using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Serving;

public sealed class CronServiceTests : IDisposable
{
    readonly Scratch _scratch = new();
    readonly List<string> _said = [];
    readonly List<DateTimeOffset> _runs = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task It_runs_at_the_first_of_each_month_at_six_in_New_York_summer_and_winter()
    {
        await ServeAsync(At(2020, 2, 10), runs: 3);
        Assert.Equal(["2020-03-01 11:00", "2020-04-01 10:00", "2020-05-01 10:00"], Texts());
        Assert.Equal(new LastRun(Us(2020, 4, 1, 10), true), await _scratch.Store.LastRunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Missed_runs_are_made_up_for_once()
    {
        await _scratch.Store.PutAsync(new LastRun(Us(2020, 1, 1, 11), true), CancellationToken.None);
        await ServeAsync(At(2020, 4, 20), runs: 2);
        Assert.Equal(["2020-04-20 00:00", "2020-05-01 10:00"], Texts());
        Assert.Equal(new LastRun(Us(2020, 4, 1, 10), true), await _scratch.Store.LastRunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_failed_run_is_tried_once_more()
    {
        await ServeAsync(At(2020, 2, 10), runs: 3, fails: run => run == 0);
        Assert.Equal(["2020-03-01 11:00", "2020-03-01 11:05", "2020-04-01 10:00"], Texts());
        Assert.Contains(_said, line => line.StartsWith("the run of 2020-03-01 11:00:00Z failed: test: found ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_run_that_failed_twice_none_is_started_until_one_by_hand_has_succeeded()
    {
        using var stop = new CancellationTokenSource();
        var clock = new FakeClock(At(2020, 2, 10));
        var service = new CronService(
            new CronOptions(), _scratch.Store, clock,
            _ =>
            {
                _runs.Add(clock.GetUtcNow());
                if (_runs.Count == 3) stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
                throw new BrokenInputException("test", "rows that a gate refuses", "others");
            },
            line =>
            {
                _said.Add(line);

                // By hand, in the middle of June: what failed counts as done, and the next one starts again.
                if (line.StartsWith("next run at 2020-06-01", StringComparison.Ordinal))
                    _scratch.Store.PutAsync(new LastRun(Us(2020, 3, 1, 11), true), CancellationToken.None).GetAwaiter().GetResult();
            });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.RunAsync(stop.Token));
        Assert.Equal(["2020-03-01 11:00", "2020-03-01 11:05", "2020-06-01 10:00"], Texts());
        var notStarted = "the run of 2020-03-01 11:00:00Z failed, so that of ";
        Assert.Equal(2, _said.Count(line => line.StartsWith(notStarted, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0 0 6 1 *", "UTC")]
    [InlineData("monthly", "UTC")]
    [InlineData("0 0 6 1 * ?", "Mars/Olympus")]
    [InlineData("0 0 6 1 1 ? 1999", "UTC")]
    public async Task An_expression_or_zone_without_sense_is_wrong_configuration(string cron, string zone)
    {
        var service = new CronService(
            new CronOptions { Cron = cron, TimeZone = zone }, _scratch.Store, new FakeClock(At(2020, 1, 1)), _ => Task.CompletedTask,
            _ => { });
        await Assert.ThrowsAsync<ConfigurationException>(() => service.RunAsync(CancellationToken.None));
    }

    async Task ServeAsync(DateTimeOffset start, int runs, Func<int, bool>? fails = null)
    {
        using var stop = new CancellationTokenSource();
        var clock = new FakeClock(start);
        var service = new CronService(
            new CronOptions(), _scratch.Store, clock,
            _ =>
            {
                _runs.Add(clock.GetUtcNow());
                if (_runs.Count == runs) stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
                return fails?.Invoke(_runs.Count - 1) == true
                    ? throw new BrokenInputException("test", "a failure", "none")
                    : Task.CompletedTask;
            },
            _said.Add);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.RunAsync(stop.Token));
    }

    IEnumerable<string> Texts() => _runs.Select(run => run.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    static long Us(int year, int month, int day, int hour) =>
        (new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10;
}
