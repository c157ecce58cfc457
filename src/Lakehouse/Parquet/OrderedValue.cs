using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>A value of a primitive type in the order that SQL has: whole numbers and decimals exactly, texts by their UTF-8.</summary>
readonly struct OrderedValue
{
    /// <summary>Other writers cut an instant to milliseconds, also a maximum: it may lie this far below the true one.</summary>
    const long InstantSlackUs = 999;

    readonly BigInteger _units;
    readonly double _number;
    readonly byte[]? _utf8;
    readonly Kind _kind;

    OrderedValue(Kind kind, string text, BigInteger units, double number, byte[]? utf8)
    {
        _kind = kind;
        Text = text;
        _units = units;
        _number = number;
        _utf8 = utf8;
    }

    enum Kind
    {
        None,
        Exact,
        Float,
        Text,
    }

    /// <summary>As it was read.</summary>
    public string Text { get; }

    /// <summary>Reads the log's form of partition values, which filters have, too.</summary>
    public static bool TryRead(DeltaType type, string text, out OrderedValue value)
    {
        value = default;
        if (type == DeltaType.Text)
        {
            value = new OrderedValue(Kind.Text, text, default, 0, Encoding.UTF8.GetBytes(text));
            return true;
        }

        if (type == DeltaType.Float32 || type == DeltaType.Float64) return TryReadFloat(type, text, out value);
        var isExact = TryUnits(type, text, out var units);
        if (isExact) value = new OrderedValue(Kind.Exact, text, units, 0, null);
        return isExact;
    }

    /// <summary>Reads a bound from statistics.</summary>
    public static bool TryReadBound(DeltaType type, JsonElement json, bool isMax, out OrderedValue value)
    {
        value = default;
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        if (!TryRead(type, text, out var read)) return false;
        value = type == DeltaType.Timestamp && isMax
            ? new OrderedValue(Kind.Exact, text, read._units + InstantSlackUs, 0, null)
            : read;
        return true;
    }

    /// <summary>Compares two values of one type.</summary>
    /// <returns>False where one is NaN, so that nobody concludes anything.</returns>
    public bool TryCompare(OrderedValue other, out int order)
    {
        order = 0;
        if (_kind != other._kind) return false;
        switch (_kind)
        {
            case Kind.Exact:
                order = _units.CompareTo(other._units);
                return true;
            case Kind.Float:
                order = _number == other._number ? 0 : _number.CompareTo(other._number);
                return !double.IsNaN(_number) && !double.IsNaN(other._number);
            case Kind.Text:
                order = _utf8.AsSpan().SequenceCompareTo(other._utf8);
                return true;
            default:
                return false;
        }
    }

    static bool TryReadFloat(DeltaType type, string text, out OrderedValue value)
    {
        var culture = CultureInfo.InvariantCulture;
        double number;
        bool isRead;
        if (text is "inf" or "-inf") text = text.Replace("inf", "Infinity", StringComparison.Ordinal);
        if (type == DeltaType.Float32)
        {
            isRead = float.TryParse(text, NumberStyles.Float, culture, out var small);
            number = small;
        }
        else
        {
            isRead = double.TryParse(text, NumberStyles.Float, culture, out number);
        }

        value = isRead ? new OrderedValue(Kind.Float, text, default, number, null) : default;
        return isRead;
    }

    static bool TryUnits(DeltaType type, string text, out BigInteger units)
    {
        units = default;
        if (type == DeltaType.Timestamp)
        {
            var isInstant = PartitionText.TryReadTimestamp(text, out var timestampUs);
            units = timestampUs;
            return isInstant;
        }

        if (type == DeltaType.Date)
        {
            var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            units = day.DayNumber;
            return isDay;
        }

        if (type == DeltaType.Truth)
        {
            units = text == "true" ? 1 : 0;
            return text is "true" or "false";
        }

        return type != DeltaType.Binary && TryDecimal(text, type is DecimalType number ? number.Scale : 0, out units);
    }

    /// <summary>A decimal as a count of units of 10^-scale; false where it has more decimals than that.</summary>
    static bool TryDecimal(string text, int scale, out BigInteger units)
    {
        units = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? "" : text[(point + 1)..].TrimEnd('0');
        var whole = point < 0 ? text : text[..point];
        if (decimals.Length > scale || !decimals.All(char.IsAsciiDigit)) return false;
        var digits = whole + decimals + new string('0', scale - decimals.Length);
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out units);
    }
}
