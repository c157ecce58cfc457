using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Any Avro record as a JSON line.</summary>
sealed class JsonLines(TextWriter output) : RecordPrinter(output)
{
    public override void Print(in TopicRecord record)
    {
        Output.WriteLine(AvroJson.ToJson(StockSchemas.Get(SchemaOf(record)), record.Body));
    }
}
