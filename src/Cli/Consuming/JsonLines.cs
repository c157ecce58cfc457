using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Any Avro record as a JSON line.</summary>
sealed class JsonLines(TextWriter output) : RecordPrinter(output)
{
    public override void Print(in TopicRecord record)
    {
        if (record.SchemaName is null)
        {
            throw new RecordDefectException(
                $"partition {record.Partition}, offset {record.Offset}",
                "a value that isn't in a known frame",
                "a schema number of schemas/ids.txt");
        }

        Output.WriteLine(AvroJson.ToJson(StockSchemas.Get(record.SchemaName), record.Body));
    }
}
