using System.Globalization;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Calendars.Tests;

/// <summary>The calendar against what was traded: the tape knows best when the exchange was open.</summary>
public sealed class MarketDataTests
{
    [Theory]
    [InlineData("AAPL")]
    [InlineData("IBM")]
    [InlineData("MSFT")]
    public void Bundled_daily_bars_have_all_sessions_and_no_other_day(string symbol)
    {
        var days = DaysOf(Repository.PathTo($"data/demo/{symbol}.csv"));
        Assert.Equal((new DateOnly(2000, 3, 1), new DateOnly(2013, 3, 1)), (days[0], days[^1]));
        Assert.Equal(SessionDays(days[0], days[^1]), days);
    }

    [SkippableTheory]
    [InlineData("SPY")]
    [InlineData("IBM")]
    public void Long_daily_histories_have_all_sessions_and_no_other_day(string symbol)
    {
        var days = DaysOf(SharedFiles.PathTo($"data/daily/{symbol}.csv"));
        Assert.True(days.Count > 5_000, $"{days.Count} days");
        Assert.Equal(SessionDays(days[0], days[^1]), days);
    }

    [SkippableFact]
    public void No_symbol_traded_on_a_day_without_session()
    {
        var files = Directory.GetFiles(SharedFiles.PathTo("data/daily"), "*.csv");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            foreach (var day in DaysOf(file))
            {
                Assert.True(UsEquitiesCalendar.Instance.TryGetSession(day, out _), $"{Path.GetFileName(file)}: found {day:yyyy-MM-dd}");
            }
        }
    }

    [SkippableFact]
    public void Minutes_of_regular_hours_are_busier_than_those_around_them()
    {
        foreach (var file in Directory.GetFiles(SharedFiles.PathTo("data/minute"), "SPY_*.csv"))
        {
            var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(','));
            var byHours = rows.ToLookup(
                row => UsEquitiesCalendar.Instance.TryGetSessionAt(long.Parse(row[0], CultureInfo.InvariantCulture) * 1_000, out _),
                row => double.Parse(row[5], CultureInfo.InvariantCulture));
            Assert.Equal(390, byHours[true].Count());
            Assert.True(byHours[true].Average() > 5 * byHours[false].Average(), Path.GetFileName(file));
        }
    }

    static List<DateOnly> SessionDays(DateOnly first, DateOnly last)
    {
        var days = new List<DateOnly>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (UsEquitiesCalendar.Instance.TryGetSession(day, out _)) days.Add(day);
        }

        return days;
    }

    static List<DateOnly> DaysOf(string file) => [.. File.ReadLines(file).Skip(1).Select(line => Times.Day(line[..10]))];
}
