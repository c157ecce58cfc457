using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Times as reports print them and acknowledged rows repeat them: <c>2000-09-29T20:00:00Z</c>, with a fraction where it
/// has one.</summary>
static class EventTimeText
{
    const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public static string Of(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString(Pattern, CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out long timeUs)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var valid = DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, Utc, out var time);
        timeUs = valid ? (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;
        return valid;
    }
}
