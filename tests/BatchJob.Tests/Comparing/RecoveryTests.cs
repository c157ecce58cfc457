using Kafka.Stock.BatchJob.Tests.Reporting;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Comparing;

/// <summary>Series whose forecasts are bad for a known number of bars after an alarm.</summary>
public sealed class RecoveryTests
{
    const int Bars = 500;
    const int Alarm = 320;

    static readonly ReportOptions s_all = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(120)]
    public void It_takes_the_bars_for_which_the_strategy_was_worse_than_before(int bad)
    {
        var journal = Journal(bad);
        Assert.Equal(new Recovery(1, 0, bad), Recovery.Of(journal, "1d", "aggregate", s_all));
        Assert.Equal(new Recovery(1, 0, 0), Recovery.Of(journal, "1d", "naive", s_all));
    }

    /// <summary>Moves five times as large trouble everybody alike: that isn't the strategy's.</summary>
    [Fact]
    public void The_turmoil_of_the_market_is_not_counted()
    {
        var journal = Journal(bad: 0, move: i => i is >= Alarm - 5 and < Alarm + 60 ? 0.05 : 0.01);
        Assert.Equal(new Recovery(1, 0, 0), Recovery.Of(journal, "1d", "aggregate", s_all));
        var worse = Journal(bad: 40, move: i => i is >= Alarm - 5 and < Alarm + 60 ? 0.05 : 0.01);
        Assert.Equal(new Recovery(1, 0, 40), Recovery.Of(worse, "1d", "aggregate", s_all));
    }

    /// <summary>It had been better than no change, and being as good as no change is not yet what it was.</summary>
    [Fact]
    public void Back_is_where_the_strategy_itself_was()
    {
        var journal = Journal(bad: 0, said: (i, actual) => i is >= Alarm and < Alarm + 50 ? 0 : 0.2 * actual);
        Assert.Equal(new Recovery(1, 0, 50), Recovery.Of(journal, "1d", "aggregate", s_all));
    }

    /// <summary>A level that varies is back within one standard error of a mean of 21.</summary>
    [Fact]
    public void Noise_around_the_same_level_is_no_delay_and_a_lasting_harm_is_one()
    {
        double Noise(int i) => 0.002 * Math.Sin(12.9898 * i * i);
        var same = Recovery.Of(Journal(bad: 0, said: (i, actual) => Noise(i)), "1d", "aggregate", s_all);
        Assert.InRange(same.MeanBars!.Value, 0, 10);
        var harmed = Recovery.Of(
            Journal(bad: 0, said: (i, actual) => Noise(i) - (i is >= Alarm and < Alarm + 60 ? Math.Sign(actual) * 0.005 : 0)),
            "1d", "aggregate", s_all);
        Assert.InRange(harmed.MeanBars!.Value, 50, 65);
    }

    [Fact]
    public void What_had_not_come_back_when_the_data_ended_is_counted_and_has_no_number()
    {
        Assert.Equal(new Recovery(1, 1, null), Recovery.Of(Journal(bad: Bars), "1d", "aggregate", s_all));
        var both = Journal(bad: Bars);
        SampleJournal.AddByHand(both, Closes(_ => 0.01), i => Said(i, 30, Closes(_ => 0.01), null), "Y");
        Raise(both, "Y", Alarm);
        Assert.Equal(new Recovery(2, 1, 30), Recovery.Of(both, "1d", "aggregate", s_all));
        Assert.Equal(new Recovery(2, 0, 0), Recovery.Of(both, "1d", "naive", s_all));
    }

    [Fact]
    public void Alarms_close_behind_one_another_are_one_and_those_without_bars_around_them_none()
    {
        var journal = Journal(bad: 30);
        Raise(journal, "X", Alarm + 20);
        Assert.Equal(1, Recovery.Of(journal, "1d", "aggregate", s_all).Alarms);
        Raise(journal, "X", Alarm + 21);
        Raise(journal, "X", 270);
        Raise(journal, "X", Bars - 20);
        Assert.Equal(2, Recovery.Of(journal, "1d", "aggregate", s_all).Alarms);
        Assert.Equal(new Recovery(0, 0, null), Recovery.Of(journal, "1m", "aggregate", s_all));
    }

    [Fact]
    public void Alarms_and_bars_outside_the_scored_range_do_not_count()
    {
        var journal = Journal(bad: 30);
        var day = s_all.DayOf(SampleJournal.EndUs(Alarm));
        Assert.Equal(0, Recovery.Of(journal, "1d", "aggregate", s_all with { From = day.AddDays(1) }).Alarms);
        Assert.Equal(new Recovery(1, 0, 30), Recovery.Of(journal, "1d", "aggregate", s_all with { From = day }));
        Assert.Equal(new Recovery(1, 1, null), Recovery.Of(journal, "1d", "aggregate", s_all with { To = day.AddDays(45) }));
    }

    /// <summary>Moves of 1 % up and down in turn; forecasts of no change, but for so many from the alarm on that point the wrong
    /// way.</summary>
    static ForecastJournal Journal(int bad, Func<int, double>? move = null, Func<int, double, double>? said = null)
    {
        var closes = Closes(move ?? (_ => 0.01));
        var journal = SampleJournal.ByHand(closes, i => Said(i, bad, closes, said));
        Raise(journal, "X", Alarm);
        return journal;
    }

    static (double Return, double? Lower, double? Upper) Said(int i, int bad, double[] closes, Func<int, double, double>? said)
    {
        var actual = i + 1 < closes.Length ? Math.Log(closes[i + 1] / closes[i]) : 0;
        var wrong = i >= Alarm && i - Alarm < bad ? -0.5 * actual : 0;
        return (said?.Invoke(i, actual) ?? wrong, closes[i] / 2, closes[i] * 2);
    }

    static double[] Closes(Func<int, double> move)
    {
        var closes = new double[Bars];
        closes[0] = 100;
        for (var i = 1; i < Bars; i++) closes[i] = closes[i - 1] * Math.Exp((i % 2 == 0 ? 1 : -1) * move(i));
        return closes;
    }

    static void Raise(ForecastJournal journal, string symbol, int day) => journal.Publish(
        StockTopics.Drift, symbol,
        new DriftAlarm(new SeriesId(symbol, "1d", "csv"), SampleJournal.EndUs(day), "adwin", "aggregate", 1, 5, 300));
}
