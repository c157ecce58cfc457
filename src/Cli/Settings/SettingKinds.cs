using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>The kinds of value that settings have, each with its check and its words.</summary>
static class SettingKinds
{
    public static Setting Whole(string name, long value, long min, long max, string help) => new(
        name, value.ToString(CultureInfo.InvariantCulture), $"a whole number from {min} to {max}", help,
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= min && n <= max);

    public static Setting Real(string name, double value, double min, double max, string help) => new(
        name, value.ToString("R", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"a number from {min:R} to {max:R}"), help,
        text => TryReal(text, out var n) && n >= min && n <= max);

    public static Setting OneOf(string name, string value, string[] accepted, string help) =>
        new(name, value, "one of " + string.Join(", ", accepted), help, text => accepted.Contains(text, StringComparer.Ordinal));

    public static Setting Text(string name, string value, string expected, string help, Func<string, bool>? accepts = null) =>
        new(name, value, expected, help, accepts ?? (text => text.Length > 0));

    public static Setting Calendar(string name, string help) =>
        OneOf(name, "us-equities", [.. TradingCalendars.All.Select(c => c.Name)], help);

    public static Setting Day(string name, string help) => new(
        name, "", "a day as yyyy-MM-dd", help, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out _));

    public static Setting Intervals(string name, string value, string help) => new(
        name, value, "intervals from 1s to 12h that divide a day, or 1d, with commas between", help,
        text => text.Split(',').All(part => BarInterval.TryParse(part, out _)));

    public static Setting Levels(string name, string value, string help) => new(
        name, value, "rising coverages between 0.5 and 0.999 with commas between, 0.9 among them", help,
        text =>
        {
            var levels = text.Split(',').Select(part => TryReal(part, out var n) ? n : double.NaN).ToArray();
            return levels.All(level => level is >= 0.5 and <= 0.999) && levels.Contains(0.9)
                && levels.Zip(levels.Skip(1)).All(p => p.First < p.Second);
        });

    public static bool TryReal(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
