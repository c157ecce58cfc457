namespace Kafka.Stock.Calendars.Tests;

public sealed class ExceptionalDaysTests
{
    const string File = "us-equities-exceptions.csv";

    [Fact]
    public void Closed_and_half_days_are_told_apart()
    {
        var days = ExceptionalDays.Parse(File, "# comment\nday,kind,reason\n2001-09-11,closed,x\n2003-12-26,half-day,y, z\n");
        Assert.Equal((true, false), (days.IsClosed(new DateOnly(2001, 9, 11)), days.IsHalfDay(new DateOnly(2001, 9, 11))));
        Assert.Equal((false, true), (days.IsClosed(new DateOnly(2003, 12, 26)), days.IsHalfDay(new DateOnly(2003, 12, 26))));
        Assert.Equal((false, false), (days.IsClosed(new DateOnly(2003, 12, 29)), days.IsHalfDay(new DateOnly(2003, 12, 29))));
    }

    [Theory]
    [InlineData("2001-9-11,closed,no such form")]
    [InlineData("2001-02-30,closed,no such day")]
    [InlineData("2001-09-11,shut,no such kind")]
    [InlineData("2001-09-11,closed,")]
    [InlineData("2001-09-11,closed")]
    [InlineData("2001-09-10,half-day,the day is there already")]
    public void A_wrong_line_is_an_error_with_its_number(string line)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ExceptionalDays.Parse(File, $"# c\n2001-09-10,closed,x\n{line}\n"));
        Assert.StartsWith($"{File}:3: found '{line}'; expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_is_not_there_is_an_error() =>
        Assert.Contains("found no such resource", Assert.Throws<InvalidOperationException>(() => ExceptionalDays.Load("moon.csv")).Message);

    [Fact]
    public void Every_day_of_the_file_is_one_that_the_rules_would_have_as_a_full_session()
    {
        var days = ExceptionalDays.Load(File);
        var count = 0;
        for (var day = UsEquitiesCalendar.Instance.FirstDay; day <= UsEquitiesCalendar.Instance.LastDay; day = day.AddDays(1))
        {
            if (!days.IsClosed(day) && !days.IsHalfDay(day)) continue;
            count++;
            Assert.False(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{day:O} is no weekday");
            Assert.False(UsEquitiesRules.IsHoliday(day) || UsEquitiesRules.IsHalfDay(day), $"{day:O} follows a rule");
        }

        Assert.Equal(12, count);
    }
}
