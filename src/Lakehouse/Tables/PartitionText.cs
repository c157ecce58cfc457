using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Partition values as the log's strings.</summary>
/// <remarks>Delta protocol, "Partition Value Serialization". Null and the empty string are the same, and null here.</remarks>
public static class PartitionText
{
    static readonly string[] s_timestampForms =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
    ];

    /// <summary>A day: <c>2024-01-02</c>.</summary>
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>True or false.</summary>
    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>An instant, µs since 1970 UTC: <c>2024-01-02 03:04:05.000006</c>.</summary>
    public static string OfTimestamp(long timestampUs) => DateTime.UnixEpoch.AddTicks(timestampUs * TimeSpan.TicksPerMicrosecond)
        .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>Reads an instant in any form that the protocol has; one without zone is UTC.</summary>
    /// <param name="text">Such as <c>2024-01-02 03:04:05.000006</c> or <c>2024-01-02T03:04:05.000006Z</c>.</param>
    /// <param name="timestampUs">µs since 1970 UTC.</param>
    public static bool TryReadTimestamp(string text, out long timestampUs)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isRead = DateTime.TryParseExact(text, s_timestampForms, CultureInfo.InvariantCulture, Utc, out var time);
        timestampUs = isRead ? (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;
        return isRead;
    }

    /// <summary>Passes where the text is a value of the column's type.</summary>
    /// <exception cref="RefusedException">It isn't.</exception>
    internal static void Demand(string where, StructField column, string text)
    {
        if (IsOf(column.Type, text)) return;
        throw new RefusedException(where, $"partition value {column.Name}={text}", $"a value of type {column.Type}");
    }

    static bool IsOf(DeltaType type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == DeltaType.Text || type == DeltaType.Binary) return true;
        if (type == DeltaType.Int64) return long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out _);
        if (type == DeltaType.Int32) return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out _);
        if (type == DeltaType.Int16) return short.TryParse(text, NumberStyles.AllowLeadingSign, culture, out _);
        if (type == DeltaType.Int8) return sbyte.TryParse(text, NumberStyles.AllowLeadingSign, culture, out _);
        if (type == DeltaType.Float32 || type == DeltaType.Float64) return double.TryParse(text, NumberStyles.Float, culture, out _);
        if (type == DeltaType.Truth) return text is "true" or "false";
        if (type == DeltaType.Date) return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out _);
        if (type == DeltaType.Timestamp) return TryReadTimestamp(text, out _);
        return type is DecimalType number && IsDecimal(text, number);
    }

    static bool IsDecimal(string text, DecimalType type)
    {
        var digits = text.TrimStart('-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        return text.Length - digits.Length <= 1 && whole.Length > 0 && (whole + fraction).All(char.IsAsciiDigit)
            && fraction.Length <= type.Scale && whole.TrimStart('0').Length <= type.Precision - type.Scale;
    }
}
