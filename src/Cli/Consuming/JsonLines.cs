using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Any Avro record as a JSON line.</summary>
/// <param name="output">Where to.</param>
/// <param name="schema">What the values were written with; null: what the number in their frame says.</param>
sealed class JsonLines(TextWriter output, AvroSchema? schema = null) : RecordPrinter(output)
{
    public override void Print(in TopicRecord record)
    {
        if (schema is not null && !ConfluentFrame.TryRead(record.Value, out _, out _)) throw NotInFrame(record);
        Output.WriteLine(AvroJson.ToJson(schema ?? StockSchemas.Get(SchemaOf(record)), record.Body));
    }
}
