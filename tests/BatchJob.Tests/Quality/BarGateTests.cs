using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>The quality gate beside a stream: what is new at a look, whatever the order in which it came.</summary>
public sealed class BarGateTests
{
    const long Huge = 20_000_000_000;
    static readonly SeriesId s_ibm = new("IBM", "1d", "csv");
    readonly BarGate _gate = Gate();

    [Fact]
    public void Good_bars_pass_and_nothing_new_passes_too()
    {
        foreach (var session in Enumerable.Range(0, 30)) _gate.Add(Daily(session));
        Assert.Equal((GateVerdict.Passed, 0), (Look(30).Verdict, Look(30).Checks.Count));
        Assert.Equal(GateVerdict.Passed, _gate.Look("5m", long.MaxValue).Verdict);
    }

    [Fact]
    public void A_bad_bar_fails_its_interval_by_name_and_only_at_the_look_that_it_is_new_to()
    {
        var minute = Daily(3) with { Series = new SeriesId("AAPL", "1m", "csv"), StartUs = Daily(3).EndUs - 60_000_000 };
        foreach (var session in Enumerable.Range(0, 10)) _gate.Add(Daily(session) with { Volume = session == 7 ? Huge : 1 });
        _gate.Add(minute);
        var failed = Look(9);
        Assert.Equal((GateVerdict.Failed, "max_volume 1"), (failed.Verdict, failed.Failures));
        var check = Assert.Single(failed.Checks);
        Assert.Equal(("max_volume", "failed", 10, 1, 0), (check.Check, check.Status, check.Rows, check.Bad, check.Acknowledged));
        Assert.Equal(["AAPL/1d/csv 2020-01-13T21:00:00Z: volume 20000000000"], check.Named);
        Assert.Equal(GateVerdict.Passed, _gate.Look("1m", minute.EndUs).Verdict);

        _gate.Add(Daily(10));
        var next = Look(10);
        Assert.Equal((GateVerdict.Passed, 0), (next.Verdict, next.Checks.Count));
    }

    [Fact]
    public void Warnings_are_counted_and_pass()
    {
        foreach (var session in new[] { 0, 1, 2, 5, 6, 9 }) _gate.Add(Daily(session));
        var look = Look(9);
        Assert.Equal(GateVerdict.Passed, look.Verdict);
        var check = Assert.Single(look.Checks);
        Assert.Equal(("gaps", "warned", 5, 2), (check.Check, check.Status, check.Rows, check.Bad));
        Assert.StartsWith("AAPL/1d/csv 2020-01-09T21:00:00Z: missing bars: 2,", check.Named[0], StringComparison.Ordinal);
    }

    /// <summary>Partitions are read side by side, and month ends without a retrain may be noticed or not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_order_of_series_and_looks_at_nothing_change_no_word(int seed)
    {
        var (ours, theirs) = (Spoilt(session => Daily(session)).ToList(), Spoilt(session => Daily(session, s_ibm)).ToList());
        var plain = Gate();
        foreach (var bar in ours.Concat(theirs)) plain.Add(bar);
        var expected = plain.Look("1d", Daily(59).EndUs);
        Assert.Equal(GateVerdict.Failed, expected.Verdict);
        Assert.True(expected.Checks.Single(check => check.Check == "max_volume") is { Bad: 28, Named.Count: 10 });

        var mixed = Gate();
        var (left, right) = (new Queue<Bar>(ours), new Queue<Bar>(theirs));
        for (var i = 0; left.Count + right.Count > 0; i++)
        {
            var from = left.Count > 0 && (right.Count == 0 || (i * seed) % 5 < 2) ? left : right;
            mixed.Add(from.Dequeue());
            if (left.Count > 0 && right.Count > 0) mixed.Settle(Math.Min(left.Peek().EndUs, right.Peek().EndUs) - 1);
        }

        var found = mixed.Look("1d", Daily(59).EndUs);
        Assert.Equal(expected.Failures, found.Failures);
        Assert.Equal(Texts(expected), Texts(found));

        static IEnumerable<Bar> Spoilt(Func<int, Bar> bar) => Enumerable.Range(0, 60).Where(session => session % 11 != 5)
            .Select(session => bar(session) with { Volume = session % 4 == 0 ? Huge : 1 });
    }

    [Fact]
    public void A_bar_after_the_instant_waits_for_the_next_look()
    {
        foreach (var session in Enumerable.Range(0, 10)) _gate.Add(Daily(session) with { Volume = session == 8 ? Huge : 1 });
        Assert.Equal(GateVerdict.Passed, Look(7).Verdict);
        Assert.Equal("max_volume 1", Look(9).Failures);
    }

    [Fact]
    public void A_repeat_is_passed_over_and_another_bar_of_the_same_end_is_found()
    {
        foreach (var session in Enumerable.Range(0, 10)) _gate.Add(Daily(session));
        foreach (var session in Enumerable.Range(4, 6)) _gate.Add(Daily(session));
        Assert.Equal(GateVerdict.Passed, Look(9).Verdict);
        foreach (var session in Enumerable.Range(4, 9)) _gate.Add(Daily(session));
        Assert.Equal(GateVerdict.Passed, Look(12).Verdict);
        _gate.Add(Daily(13));
        _gate.Add(Daily(13) with { Volume = 7 });
        Assert.Equal("unique 1, increasing 1", Look(13).Failures);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_split_explains_a_jump_whichever_topic_is_read_first(bool actionFirst)
    {
        var gate = new BarGate(new QualityOptions { FailOn = ["jumps"] }, QualityRows.Calendar, AcknowledgedRows.Empty);
        var split = new CorporateAction("AAPL", "csv", CorporateActionKind.Split, Daily(5).StartUs - 1, 0.25, 4, 1);
        if (actionFirst) gate.Add(split);
        foreach (var session in Enumerable.Range(0, 10)) gate.Add(session < 5 ? Daily(session) : QualityRows.Quarter(Daily(session)));
        if (!actionFirst) gate.Add(split);
        gate.Add(split);
        Assert.Equal(GateVerdict.Passed, gate.Look("1d", Daily(9).EndUs).Verdict);
    }

    [Fact]
    public void An_acknowledged_row_passes_and_is_said()
    {
        var rows = AcknowledgedRows.Parse("rows.csv", "AAPL/1d/csv,2020-01-13T21:00:00Z,max_volume,checked by hand");
        var gate = new BarGate(new QualityOptions(), QualityRows.Calendar, rows);
        foreach (var session in Enumerable.Range(0, 10)) gate.Add(Daily(session) with { Volume = session == 7 ? Huge : 1 });
        var look = gate.Look("1d", Daily(9).EndUs);
        Assert.Equal(GateVerdict.Passed, look.Verdict);
        Assert.True(Assert.Single(look.Checks) is { Status: "acknowledged", Bad: 0, Acknowledged: 1, Named.Count: 0 });
    }

    GateResult Look(int session) => _gate.Look("1d", Daily(session).EndUs);

    static BarGate Gate() => new(new QualityOptions(), QualityRows.Calendar, AcknowledgedRows.Empty);

    static IEnumerable<string> Texts(GateResult result) =>
        result.Checks.Select(one => $"{one.Check} {one.Status} {one.Rows} {one.Bad} {string.Join('|', one.Named)}");

    static Bar Daily(int session, SeriesId? series = null) => QualityRows.DailyBar(session, series);
}
