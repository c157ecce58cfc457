using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

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
            var all = new SortedDictionary<string, string>(headers, StringComparer.Ordinal)
            {
                ["key"] = key,
                ["value_base64"] = Convert.ToBase64String(record.Value),
            };
            Output.WriteLine(JsonSerializer.Serialize(all, s_options));
            return;
        }

        var where = Of(headers, DeadLetterHeaders.ErrorWhere);
        var found = Of(headers, DeadLetterHeaders.ErrorFound);
        var expected = Of(headers, DeadLetterHeaders.ErrorExpected);
        Output.WriteLine($"{key}  {where}: found {found}; expected {expected}");
    }

    static string Of(Dictionary<string, string> headers, string name) => headers.GetValueOrDefault(name, "?");
}
