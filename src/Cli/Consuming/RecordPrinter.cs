using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Prints records of a topic, one line each.</summary>
abstract class RecordPrinter(TextWriter output)
{
    protected TextWriter Output { get; } = output;

    /// <summary>The printer that suits a topic.</summary>
    public static RecordPrinter For(Topic topic, bool json, TextWriter output)
    {
        if (topic == StockTopics.DeadLetters) return new DeadLetterPrinter(json, output);
        return topic == StockTopics.Forecasts && !json ? new ForecastTable(output) : new JsonLines(output);
    }

    public abstract void Print(in TopicRecord record);
}

/// <summary>Any Avro record as a JSON line.</summary>
sealed class JsonLines(TextWriter output) : RecordPrinter(output)
{
    public override void Print(in TopicRecord record)
    {
        if (record.SchemaName is null) throw new RecordDefectException($"partition {record.Partition}, offset {record.Offset}", "a value that isn't in a known frame", "a schema number of schemas/ids.txt");
        Output.WriteLine(AvroJson.ToJson(StockSchemas.Get(record.SchemaName), record.Body));
    }
}

/// <summary>Dead letters with what was wrong with them.</summary>
sealed class DeadLetterPrinter(bool json, TextWriter output) : RecordPrinter(output)
{
    static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Print(in TopicRecord record)
    {
        var key = Encoding.UTF8.GetString(record.Key);
        var headers = record.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
        if (json)
        {
            var all = new SortedDictionary<string, string>(headers, StringComparer.Ordinal) { ["key"] = key, ["value_base64"] = Convert.ToBase64String(record.Value) };
            Output.WriteLine(JsonSerializer.Serialize(all, s_options));
            return;
        }

        var (where, found, expected) = (Of(headers, DeadLetterHeaders.ErrorWhere), Of(headers, DeadLetterHeaders.ErrorFound), Of(headers, DeadLetterHeaders.ErrorExpected));
        Output.WriteLine($"{key}  {where}: found {found}; expected {expected}");
    }

    static string Of(Dictionary<string, string> headers, string name) => headers.GetValueOrDefault(name, "?");
}

/// <summary>Forecasts as rows of fixed columns: they come without end, so no column waits for the widest value.</summary>
sealed class ForecastTable(TextWriter output) : RecordPrinter(output)
{
    readonly NamePool _names = new();
    Forecast? _forecast;
    bool _begun;

    public override void Print(in TopicRecord record)
    {
        if (!_begun) Output.WriteLine($"{"series",-18} {"made at (UTC)",-17} {"target (UTC)",-17} {"last close",12} {"forecast",12} {"90 % from",12} {"to",12}  {"strategy",-9} {"step",6}");
        _begun = true;
        AvroBody.Read(record.Body, _names, ref _forecast);
        var forecast = _forecast!;
        var served = Array.Find(forecast.Strategies, strategy => strategy.Strategy == forecast.Served);
        if (served is null) return;
        var interval = Array.Find(served.Intervals, one => one.Level == 0.9);
        Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{forecast.Series.ToString(),-18} {Time(forecast.MadeAtUs),-17} {Time(forecast.TargetTimeUs),-17} {forecast.LastClose,12:F4} {served.PredictedClose,12:F4} {Bound(interval.Lower),12} {Bound(interval.Upper),12}  {served.Strategy,-9} {served.Steps,6}"));
    }

    static string Bound(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "unbounded";

    static string Time(long timeUs) => DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
