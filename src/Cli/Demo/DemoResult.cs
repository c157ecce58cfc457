using System.Text;
using System.Text.Json;
using static Kafka.Stock.BatchJob.JsonNumbers;

namespace Kafka.Stock.Cli;

/// <summary>The last line of the demo: one JSON object, numbers with round-trip digits.</summary>
static class DemoResult
{
    public static string ToJson(StreamTally tally, double seconds)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("ticks", tally.Ticks);
            json.WriteStartObject("bars");
            foreach (var (interval, bars) in tally.BarsByInterval()) json.WriteNumber(interval, bars);
            json.WriteEndObject();
            json.WriteNumber("micro_batches", tally.MicroBatches);
            json.WriteNumber("forecasts", tally.Forecasts);
            json.WriteNumber("scores", tally.Scores);
            json.WriteNumber("dead_letters", tally.DeadLetters);
            json.WriteNumber("decisions", tally.Decisions);
            json.WriteNumber("promoted", tally.Promoted);
            json.WriteStartObject("series");
            foreach (var (series, one) in tally.Series)
            {
                json.WriteStartObject(series.ToString());
                json.WriteNumber("bars", one.Bars);
                json.WriteNumber("scores", one.Scores);
                WriteNullable(json, "mase", one.Mase);
                WriteNullable(json, "coverage", one.Coverage);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteString("forecasts_sha256", tally.ForecastsSha256());
            json.WriteString("decisions_sha256", tally.DecisionsSha256());
            json.WriteNumber("seconds", Math.Round(seconds, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
