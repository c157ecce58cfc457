using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>The rules that one row keeps or breaks by itself: null for kept, else what was found.</summary>
/// <remarks>A missing value breaks the rule that is about it, and no other: where a close is missing, the high is compared with the
/// open alone.</remarks>
static class RowRules
{
    const long VolumeLimit = 10_000_000_000;

    public static string? CompletenessClose(in QualityRow row) => row.Close is null ? "no close" : null;

    public static string? CompletenessVolume(in QualityRow row) => row.Volume is null ? "no volume" : null;

    public static string? MinOpen(in QualityRow row) => row.Open switch
    {
        null => "no open",
        { Micros: <= 0 } open => $"open {open}",
        _ => null,
    };

    public static string? MaxVolume(in QualityRow row) =>
        row.Volume is { } volume && volume >= VolumeLimit ? string.Create(CultureInfo.InvariantCulture, $"volume {volume}") : null;

    public static string? High(in QualityRow row)
    {
        if (row.High is not { } high) return "no high";
        return high.Micros >= (Highest(row) ?? high.Micros) ? null : $"high {high} below open {Text(row.Open)} or close {Text(row.Close)}";
    }

    public static string? Low(in QualityRow row)
    {
        if (row.Low is not { } low) return "no low";
        return low.Micros <= (Lowest(row) ?? low.Micros) ? null : $"low {low} above open {Text(row.Open)} or close {Text(row.Close)}";
    }

    /// <summary>The low under half of the lower, or the high over one and a half of the higher, of open and close.</summary>
    public static string? Spikes(in QualityRow row)
    {
        if (row.Low is { } low && Lowest(row) is { } lowest && 2 * (Int128)low.Micros < lowest)
        {
            return $"low {low} far below {new Price(lowest)}";
        }

        return row.High is { } high && Highest(row) is { } highest && 2 * (Int128)high.Micros > 3 * (Int128)highest
            ? $"high {high} far above {new Price(highest)}"
            : null;
    }

    static long? Highest(in QualityRow row) => row.Open is { } open && row.Close is { } close
        ? Math.Max(open.Micros, close.Micros)
        : row.Open?.Micros ?? row.Close?.Micros;

    static long? Lowest(in QualityRow row) => row.Open is { } open && row.Close is { } close
        ? Math.Min(open.Micros, close.Micros)
        : row.Open?.Micros ?? row.Close?.Micros;

    static string Text(Price? price) => price?.ToString() ?? "(missing)";
}
