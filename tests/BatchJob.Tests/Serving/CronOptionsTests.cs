using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Serving;

public sealed class CronOptionsTests
{
    /// <summary>Worked out by hand: New York is five hours behind UTC in winter and four in summer; Tokyo nine ahead, always.</summary>
    [Theory]
    [InlineData("0 0 6 1 * ?", "America/New_York", "2020-03-01 12:00", "2020-04-01 10:00")]
    [InlineData("0 0 6 1 * ?", "America/New_York", "2020-10-15 00:00", "2020-11-01 11:00")]
    [InlineData("0 0 6 1 * ?", "Asia/Tokyo", "2020-03-15 00:00", "2020-03-31 21:00")]
    [InlineData("0 0 6 1 * ?", "UTC", "2020-12-31 23:59", "2021-01-01 06:00")]
    [InlineData("0 30 2 ? * SUN", "UTC", "2020-02-29 00:00", "2020-03-01 02:30")]
    [InlineData("0 0 18 L * ?", "UTC", "2020-02-01 00:00", "2020-02-29 18:00")]
    public void An_expression_is_read_in_its_zone(string cron, string zone, string after, string expected)
    {
        var next = new CronOptions { Cron = cron, TimeZone = zone }.ToExpression().GetTimeAfter(Time(after));
        Assert.Equal(Time(expected), next!.Value.ToUniversalTime());
    }

    [Theory]
    [InlineData("")]
    [InlineData("daily")]
    [InlineData("0 6 1 * *")]
    [InlineData("0 0 25 1 * ?")]
    [InlineData("0 0 6 1 * 1")]
    public void What_is_no_expression_is_wrong_configuration(string cron)
    {
        var error = Assert.Throws<ConfigurationException>(() => new CronOptions { Cron = cron }.ToExpression());
        Assert.StartsWith($"cron: found {cron}; expected seconds minutes hours", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("New York")]
    [InlineData("America/New_Yorck")]
    public void A_zone_that_the_machine_does_not_have_is_wrong_configuration(string zone)
    {
        var error = Assert.Throws<ConfigurationException>(() => new CronOptions { TimeZone = zone }.ToExpression());
        Assert.StartsWith($"time-zone: found {zone}; expected a zone", error.Message, StringComparison.Ordinal);
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
