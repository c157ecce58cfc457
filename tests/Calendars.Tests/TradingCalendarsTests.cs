namespace Kafka.Stock.Calendars.Tests;

public sealed class TradingCalendarsTests
{
    [Fact]
    public void Every_calendar_has_its_own_name() =>
        Assert.Equal(TradingCalendars.All.Count, TradingCalendars.All.Select(calendar => calendar.Name).Distinct().Count());

    [Fact]
    public void Every_calendar_is_held_to_the_contract()
    {
        var tested = typeof(TradingCalendarContract).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(TradingCalendarContract)));
        Assert.Equal(TradingCalendars.All.Count, tested);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nyse")]
    [InlineData("US-Equities")]
    [InlineData("24X7")]
    public void A_name_is_found_only_as_it_is_spelt(string name)
    {
        Assert.False(TradingCalendars.TryGet(name, out var calendar));
        Assert.Null(calendar);
    }
}
