using Kafka.Stock.BatchJob;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli.Tests;

public sealed class MonthEndSinkTests
{
    [Fact]
    public async Task Nothing_passes_a_month_end_before_what_is_due_there_is_done()
    {
        var inner = new MemorySink();
        var due = new List<(DateOnly Day, long Records, int Passed)>();
        var gate = new TaskCompletionSource();
        var sink = new MonthEndSink(inner, new MonthEnds(UsEquitiesCalendar.Instance), async (endUs, records, _) =>
        {
            due.Add((UsEquitiesCalendar.Instance.TradingDay(endUs), records, inner.Records.Count));
            await gate.Task;
        });

        await PublishAsync(sink, new DateOnly(2010, 6, 29));
        await PublishAsync(sink, new DateOnly(2010, 6, 30));
        var july = PublishAsync(sink, new DateOnly(2010, 7, 1));
        Assert.False(july.IsCompleted);
        Assert.Equal(2, inner.Records.Count);
        gate.SetResult();
        await july;
        await PublishAsync(sink, new DateOnly(2010, 7, 2));
        await PublishAsync(sink, new DateOnly(2010, 8, 2));
        Assert.Equal([(new DateOnly(2010, 7, 1), 2, 2), (new DateOnly(2010, 8, 1), 4, 4)], due);
        Assert.Equal(5, inner.Records.Count);
    }

    [Fact]
    public async Task What_fails_at_a_month_end_lets_nothing_pass()
    {
        var inner = new MemorySink();
        var sink = new MonthEndSink(
            inner, new MonthEnds(UsEquitiesCalendar.Instance), (_, _, _) => throw new OperationCanceledException("stopped"));
        await PublishAsync(sink, new DateOnly(2010, 6, 30));
        await Assert.ThrowsAsync<OperationCanceledException>(() => PublishAsync(sink, new DateOnly(2010, 7, 1)));
        Assert.Single(inner.Records);
    }

    static async Task PublishAsync(MonthEndSink sink, DateOnly day)
    {
        Assert.True(UsEquitiesCalendar.Instance.TryGetSession(day, out var session));
        await sink.WaitForTimeAsync(session.CloseUs, CancellationToken.None);
        await sink.WaitForRoomAsync(CancellationToken.None);
        var price = new Price(Price.Unit);
        sink.Publish(new SourceBar("A", "csv", "1d", session.OpenUs, session.CloseUs, price, price, price, price, 1, session.CloseUs));
    }
}
