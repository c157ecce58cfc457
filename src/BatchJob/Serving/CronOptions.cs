using Kafka.Stock.Contracts;
using Quartz;

namespace Kafka.Stock.BatchJob;

/// <summary>When a service retrains.</summary>
public sealed record CronOptions
{
    /// <summary>Seconds, minutes, hours, day of the month, month, day of the week, as Quartz reads them.</summary>
    public string Cron { get; init; } = "0 0 6 1 * ?";

    /// <summary>Name of the zone that it is read in, as the machine's time zone data has it.</summary>
    public string TimeZone { get; init; } = "America/New_York";

    /// <summary>From a failure to the one retry.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The times it says.</summary>
    /// <exception cref="ConfigurationException">Expression or zone make no sense.</exception>
    public CronExpression ToExpression()
    {
        if (!CronExpression.IsValidExpression(Cron))
            throw new ConfigurationException("cron", Cron, "seconds minutes hours day month weekday, such as 0 0 6 1 * ?");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone))
            throw new ConfigurationException("time-zone", TimeZone, "a zone of this machine's time zone data, such as America/New_York");
        return new CronExpression(Cron) { TimeZone = zone };
    }
}
