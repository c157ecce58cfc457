using System.Globalization;
using System.Text;

namespace Kafka.Stock.Sources;

/// <summary>Makes what was found fit to be shown: short, printable, on one line.</summary>
static class FieldText
{
    const int MaxLength = 80;

    /// <summary>The text in quotes.</summary>
    public static string Quoted(ReadOnlySpan<byte> field) =>
        $"'{Shown(Encoding.UTF8.GetString(field.Length > 4 * MaxLength ? field[..(4 * MaxLength)] : field))}'";

    /// <summary>The text with control characters replaced, cut at 80 characters.</summary>
    public static string Shown(string text)
    {
        var cut = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "…") : text;
        return string.Create(cut.Length, cut, static (target, from) =>
        {
            for (var i = 0; i < from.Length; i++) target[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
        });
    }

    /// <summary>A time as <c>2019-10-30T13:30:00.000123Z</c>, without the fraction where it is 0.</summary>
    public static string Utc(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day as <c>2019-10-30</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
