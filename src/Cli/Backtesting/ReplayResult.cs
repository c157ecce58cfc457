using System.Globalization;

namespace Kafka.Stock.Cli;

/// <summary>What a replay of topics says of the live forecasts, in words.</summary>
static class ReplayResult
{
    public static string InWords(TopicReplay replay)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"replay: {replay.Equal} forecasts equal the live ones byte for byte, {replay.Different} differ, "
                + $"{replay.OnlyLive} are live only, "
                + $"{replay.OnlyReplayed} aren't live; {replay.Promotions} promotions");
        return replay.FirstDifference.Length == 0 ? text : $"{text}; the first that differs: {replay.FirstDifference}";
    }
}
