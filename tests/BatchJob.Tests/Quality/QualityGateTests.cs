using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Each rule at its edge: the last good value and the first bad one.</summary>
public sealed class QualityGateTests
{
    static readonly QualityRow s_good = QualityRows.Daily(0);

    [Fact]
    public void Good_rows_pass_every_check()
    {
        var report = QualityRows.Check(QualityRows.Gate(), Enumerable.Range(0, 30).Select(session => QualityRows.Daily(session)));
        Assert.Equal(QualityCheck.All, report.Results.Select(result => result.Check));
        Assert.All(report.Results, result => Assert.Equal((QualityStatus.Passed, 0L), (result.Status, result.RowsBad)));
        Assert.Equal(30, report.Of(QualityCheck.Low).RowsChecked);
        Assert.Equal(29, report.Of(QualityCheck.Gaps).RowsChecked);
    }

    [Fact]
    public void No_rows_fail_by_size()
    {
        var report = QualityRows.Check();
        Assert.Equal(QualityStatus.Failed, report.Of(QualityCheck.Size).Status);
        Assert.Contains("size (size > 0) broken by no rows", report.Refusal("silver/bars")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_breaks_the_rule_that_is_about_it_and_no_other()
    {
        AssertBroken(s_good with { Close = null }, QualityCheck.CompletenessClose, "no close");
        AssertBroken(s_good with { Volume = null }, QualityCheck.CompletenessVolume, "no volume");
        AssertBroken(s_good with { Open = null }, QualityCheck.MinOpen, "no open");
        AssertBroken(s_good with { High = null }, QualityCheck.High, "no high");
        AssertBroken(s_good with { Low = null }, QualityCheck.Low, "no low");
    }

    [Fact]
    public void An_open_is_above_zero()
    {
        var tiny = new Price(1); // A millionth of a dollar.
        AssertGood(At(tiny));
        AssertBroken(At(new Price(0)), QualityCheck.MinOpen, "open 0");
        AssertBroken(At(new Price(-1)), QualityCheck.MinOpen, "open -0.000001");

        static QualityRow At(Price price) => s_good with { Open = price, Low = price, Close = price, High = price };
    }

    [Fact]
    public void A_volume_is_below_ten_billion()
    {
        AssertGood(s_good with { Volume = 9_999_999_999 });
        AssertBroken(s_good with { Volume = 10_000_000_000 }, QualityCheck.MaxVolume, "volume 10000000000");
    }

    [Fact]
    public void A_high_covers_open_and_close_and_a_low_too()
    {
        AssertGood(s_good with { High = s_good.Close, Low = s_good.Close });
        Price under = QualityRows.Dollars(99.999999m), over = QualityRows.Dollars(100.000001m);
        AssertBroken(s_good with { High = under }, QualityCheck.High, "high 99.999999 below open 100 or close 100");
        AssertBroken(s_good with { Low = over }, QualityCheck.Low, "low 100.000001 above open 100 or close 100");
        AssertBroken(s_good with { Open = QualityRows.Dollars(101.5m) }, QualityCheck.High, "high 101 below open 101.5 or close 100");
        AssertBroken(s_good with { Close = QualityRows.Dollars(98) }, QualityCheck.Low, "low 99 above open 100 or close 98");
        AssertBroken(s_good with { High = under, Close = null }, QualityCheck.High, "high 99.999999 below open 100 or close (missing)");
        AssertBroken(s_good with { Low = over, Open = null }, QualityCheck.Low, "low 100.000001 above open (missing) or close 100");
    }

    [Fact]
    public void A_spike_is_more_than_half_away()
    {
        AssertGood(s_good with { Low = QualityRows.Dollars(50), High = QualityRows.Dollars(150) });
        AssertBroken(s_good with { Low = QualityRows.Dollars(49.999999m) }, QualityCheck.Spikes, "low 49.999999 far below 100");
        AssertBroken(s_good with { High = QualityRows.Dollars(150.000001m) }, QualityCheck.Spikes, "high 150.000001 far above 100");
    }

    [Fact]
    public void A_row_twice_is_neither_unique_nor_later()
    {
        var report = QualityRows.Check(QualityRows.Daily(0), QualityRows.Daily(1), QualityRows.Daily(1), QualityRows.Daily(2));
        Assert.Equal(1, report.Of(QualityCheck.Unique).RowsBad);
        Assert.Equal(1, report.Of(QualityCheck.Increasing).RowsBad);
        Assert.Equal("an end not after 2020-01-03T21:00:00Z", report.Of(QualityCheck.Increasing).Samples[0].Found);
    }

    [Fact]
    public void A_row_out_of_order_is_unique_and_not_later_and_the_next_is_compared_with_the_latest()
    {
        var report = QualityRows.Check(QualityRows.Daily(0), QualityRows.Daily(2), QualityRows.Daily(1), QualityRows.Daily(3));
        Assert.Equal(0, report.Of(QualityCheck.Unique).RowsBad);
        Assert.Equal(["2020-01-03"], report.Of(QualityCheck.Increasing).Days());
        Assert.Equal(["2020-01-06"], report.Of(QualityCheck.Gaps).Days());
    }

    [Theory]
    [InlineData(SeriesWatch.RecentEndsMax - 1, 1)]
    [InlineData(SeriesWatch.RecentEndsMax, 0)]
    public void A_repeat_is_known_among_the_recent_ends_and_from_further_back_it_is_time_that_goes_back(int rowsBetween, int repeats)
    {
        var rows = Enumerable.Range(0, rowsBetween + 1).Select(session => QualityRows.Daily(session)).Append(QualityRows.Daily(0));
        var report = QualityRows.Check(QualityRows.Gate(), rows);
        Assert.Equal(repeats, report.Of(QualityCheck.Unique).RowsBad);
        Assert.Equal(1, report.Of(QualityCheck.Increasing).RowsBad);
    }

    [Fact]
    public void Equal_ends_of_two_series_are_no_repeat()
    {
        var others = Enumerable.Range(0, 3).SelectMany(session => (QualityRow[])
        [
            QualityRows.Daily(session), QualityRows.Daily(session, QualityRows.Series with { Source = "iex" }),
            QualityRows.Daily(session, QualityRows.Series with { Symbol = "IBM" }),
        ]);
        Assert.All(QualityRows.Check(QualityRows.Gate(), others).Results, result => Assert.Equal(0, result.RowsBad));
    }

    [Fact]
    public void A_missing_session_is_a_gap_and_a_weekend_or_holiday_is_none()
    {
        // 2020-01-17 is a Friday before a holiday.
        var rows = Enumerable.Range(0, 30).Where(session => session != 7).Select(session => QualityRows.Daily(session));
        var gaps = QualityRows.Check(QualityRows.Gate(), rows).Of(QualityCheck.Gaps);
        Assert.Equal(QualityStatus.Warned, gaps.Status);
        Assert.Equal("missing bars: 1, since 2020-01-10T21:00:00Z", Assert.Single(gaps.Samples).Found);
    }

    [Theory, InlineData("1m", 29, 0), InlineData("1m", 30, 1), InlineData("5m", 5, 0), InlineData("5m", 6, 1), InlineData("1h", 1, 1)]
    public void Half_an_hour_of_regular_trading_without_a_bar_is_a_gap(string interval, int barsMissing, int gaps)
    {
        var series = QualityRows.Series with { Interval = interval };
        var lengthUs = BarInterval.Parse(interval).LengthUs;
        var first = QualityRows.Row(series, s_good.StartUs / lengthUs * lengthUs, (s_good.StartUs / lengthUs * lengthUs) + lengthUs);
        var later = QualityRows.Row(series, first.EndUs + (barsMissing * lengthUs), first.EndUs + ((barsMissing + 1) * lengthUs));
        Assert.Equal(gaps, QualityRows.Check(first, later).Of(QualityCheck.Gaps).RowsBad);
    }

    [Fact]
    public void The_night_between_minute_bars_is_no_gap()
    {
        var series = QualityRows.Series with { Interval = "1m" };
        var minuteUs = BarInterval.Minute.LengthUs;
        var next = QualityRows.Daily(1);
        var report = QualityRows.Check(
            QualityRows.Row(series, s_good.EndUs - minuteUs, s_good.EndUs), QualityRows.Row(series, next.StartUs, next.StartUs + minuteUs));
        Assert.Equal(0, report.Of(QualityCheck.Gaps).RowsBad);
    }

    [Fact]
    public void A_time_beyond_the_calendar_is_told_as_such()
    {
        var far = s_good with { StartUs = s_good.StartUs + 1_000_000_000_000_000, EndUs = s_good.EndUs + 1_000_000_000_000_000 };
        var report = QualityRows.Check(s_good, far);
        Assert.Contains("beyond the calendar us-equities", report.Of(QualityCheck.Gaps).Samples[0].Found, StringComparison.Ordinal);
    }

    [Theory, InlineData(150, 0), InlineData(150.01, 1), InlineData(50, 0), InlineData(49.99, 1)]
    public void A_jump_is_more_than_half_up_or_down(double close, int jumps)
    {
        var price = QualityRows.Dollars((decimal)close);
        var report = QualityRows.Check(s_good, QualityRows.Daily(1) with { Open = price, High = price, Low = price, Close = price });
        Assert.Equal(jumps, report.Of(QualityCheck.Jumps).RowsBad);
    }

    [Fact]
    public void A_jump_is_measured_from_the_last_close_that_is_there()
    {
        var report = QualityRows.Check(s_good, QualityRows.Daily(1) with { Close = null }, Scaled(QualityRows.Daily(2), 2));
        Assert.Equal(1, report.Of(QualityCheck.Jumps).RowsBad);
        Assert.Equal("close 200 after 100 (+100.0 %)", report.Of(QualityCheck.Jumps).Samples[0].Found);
    }

    [Fact]
    public void A_series_that_ended_two_sessions_ago_is_stale_with_or_without_new_rows()
    {
        var gone = QualityRows.Series with { Symbol = "GONE" };
        var still = QualityRows.Series with { Symbol = "STILL" };
        SeriesTail[] tails = [new(gone, QualityRows.Daily(0).EndUs, null, 0), new(still, QualityRows.Daily(1).EndUs, null, 0)];
        var report = QualityRows.Check(QualityRows.Gate(tails: tails), QualityRows.Daily(2));
        var freshness = report.Of(QualityCheck.Freshness);
        Assert.Equal(3, freshness.RowsChecked);
        Assert.Equal(gone, Assert.Single(freshness.Samples).Series);

        var gate = QualityRows.Gate();
        gate.Add(QualityRows.Daily(0));
        Assert.Equal(1, gate.Complete(QualityRows.Daily(2).EndUs).Of(QualityCheck.Freshness).RowsBad);
    }

    [Fact]
    public void The_first_new_row_is_compared_with_where_the_last_pass_ended()
    {
        var first = QualityRows.Gate();
        first.Add(QualityRows.Daily(0));
        var tails = first.Tails.ToArray();
        Assert.Equal(new SeriesTail(QualityRows.Series, s_good.EndUs, s_good.Close, s_good.EndUs), Assert.Single(tails));
        var second = QualityRows.Check(QualityRows.Gate(tails: tails), Scaled(QualityRows.Daily(2), 3));
        Assert.Equal(1, second.Of(QualityCheck.Jumps).RowsBad);
        Assert.Equal(1, second.Of(QualityCheck.Gaps).RowsBad);
        Assert.Equal(1, QualityRows.Check(QualityRows.Gate(tails: tails), QualityRows.Daily(0)).Of(QualityCheck.Unique).RowsBad);
    }

    [Fact]
    public void Options_out_of_range_are_named_together()
    {
        var options = new QualityOptions { FailOn = ["gaps", "gasp"], SamplesMax = -1, GapMinutesMin = 0, StaleSessionsMax = -1 };
        var error = Assert.Throws<ConfigurationException>(() => QualityRows.Gate(options));
        foreach (var named in (string[])["'gasp'", "samples -1", "gap 0 minutes", "stale sessions -1"])
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("'gaps'", error.Message, StringComparison.Ordinal);
    }

    static QualityRow Scaled(QualityRow row, int factor) => row with
    {
        Open = new Price(row.Open!.Value.Micros * factor),
        High = new Price(row.High!.Value.Micros * factor),
        Low = new Price(row.Low!.Value.Micros * factor),
        Close = new Price(row.Close!.Value.Micros * factor),
    };

    static void AssertGood(QualityRow row) =>
        Assert.All(QualityRows.Check(row).Results, result => Assert.Equal(QualityStatus.Passed, result.Status));

    static void AssertBroken(QualityRow row, QualityCheck check, string found)
    {
        var result = QualityRows.Check(row).Of(check);
        Assert.Equal(found, Assert.Single(result.Samples).Found);
        Assert.Equal(check.Level == QualityLevel.Fail ? QualityStatus.Failed : QualityStatus.Warned, result.Status);
        if (found.StartsWith("no ", StringComparison.Ordinal) && row.Open is not null)
        {
            Assert.Equal(1, QualityRows.Check(row).Results.Sum(other => other.RowsBad));
        }
    }
}
