using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Sources;

/// <summary>Reads the answer of Alpha Vantage's TIME_SERIES_DAILY: an object of days, each with <c>"1. open"</c> to
/// <c>"5. volume"</c>, all numbers as strings, newest day first.</summary>
/// <remarks>The service answers 200 with <c>Note</c> or <c>Information</c> when its limit is hit, and with <c>Error Message</c> for a
/// symbol that it doesn't know: those are defects that say its words. The adjusted answer has its volume as <c>"6. volume"</c>; its
/// prices of <c>"1. open"</c> to <c>"4. close"</c> are as traded, like those of the plain one.</remarks>
public static class AlphaVantageDaily
{
    const string Series = "Time Series (Daily)";
    const int SaidCharactersMax = 120;
    static readonly string[] s_refusals = ["Error Message", "Note", "Information"];

    /// <summary>True where the bytes are such an answer, read or refused: an object with one of its members.</summary>
    public static bool Looks(ReadOnlySpan<byte> payload) =>
        payload.IndexOf("\"Time Series (Daily)\""u8) >= 0;

    /// <summary>Reads all days, oldest first.</summary>
    /// <param name="payload">UTF-8 JSON as received.</param>
    /// <param name="days">The days; empty where there is a defect.</param>
    /// <returns>Null, or the first thing that is wrong: then nothing of the answer is taken.</returns>
    public static Defect? TryParse(ReadOnlyMemory<byte> payload, out IReadOnlyList<DailyBarLine> days)
    {
        days = [];
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new Defect($"JSON {root.ValueKind}", "an object");
            foreach (var name in s_refusals)
            {
                if (root.TryGetProperty(name, out var said)) return new Defect($"\"{name}\": {Cut(said.ToString())}", $"\"{Series}\"");
            }

            if (!root.TryGetProperty(Series, out var series) || series.ValueKind != JsonValueKind.Object)
                return new Defect($"no \"{Series}\"", "an object of days");
            return ReadDays(series, out days);
        }
        catch (JsonException error)
        {
            return new Defect($"text that isn't JSON (line {error.LineNumber})", "an answer of TIME_SERIES_DAILY");
        }
    }

    static Defect? ReadDays(JsonElement series, out IReadOnlyList<DailyBarLine> days)
    {
        var read = new SortedDictionary<DateOnly, DailyBarLine>();
        days = [];
        foreach (var day in series.EnumerateObject())
        {
            if (!DateOnly.TryParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return new Defect($"day \"{Cut(day.Name)}\"", "YYYY-MM-DD");
            if (day.Value.ValueKind != JsonValueKind.Object) return new Defect($"{day.Name}: {day.Value.ValueKind}", "an object");
            if (ReadDay(date, day.Value, out var line) is { } defect) return new Defect($"{day.Name}, {defect.Found}", defect.Expected);
            if (!read.TryAdd(date, line)) return new Defect($"{day.Name} twice", "each day once");
        }

        days = [.. read.Values];
        return null;
    }

    static Defect? ReadDay(DateOnly date, JsonElement day, out DailyBarLine line)
    {
        line = default;
        Span<Price> prices = stackalloc Price[4];
        ReadOnlySpan<string> names = ["1. open", "2. high", "3. low", "4. close"];
        for (var i = 0; i < names.Length; i++)
        {
            var isPrice = Text(day, names[i]) is { } text && Price.TryParse(Encoding.UTF8.GetBytes(text), out prices[i])
                && prices[i].Micros > 0;
            if (!isPrice) return new Defect($"\"{names[i]}\": {Cut(Text(day, names[i]) ?? "nothing")}", "a price above 0 as a string");
        }

        var volume = Text(day, "5. volume") ?? Text(day, "6. volume");
        if (!long.TryParse(volume, NumberStyles.None, CultureInfo.InvariantCulture, out var shares))
            return new Defect($"volume {Cut(volume ?? "nothing")}", "a whole number as a string");
        line = new DailyBarLine(date, prices[0], prices[1], prices[2], prices[3], shares);
        var isInside = line.Low.Micros <= Math.Min(line.Open.Micros, line.Close.Micros)
            && line.High.Micros >= Math.Max(line.Open.Micros, line.Close.Micros);
        return isInside
            ? null
            : new Defect($"open {line.Open}, high {line.High}, low {line.Low}, close {line.Close}", "low <= open, close <= high");
    }

    static string? Text(JsonElement day, string name) =>
        day.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string Cut(string text) => text.Length <= SaidCharactersMax ? text : text[..SaidCharactersMax] + "…";
}
