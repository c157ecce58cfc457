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

    /// <summary>Full name of the schema of a record.</summary>
    /// <exception cref="RecordDefectException">The value isn't in a known frame.</exception>
    protected static string SchemaOf(in TopicRecord record) => record.SchemaName ?? throw NotInFrame(record);

    /// <summary>The error of a value that nobody can tell the schema of.</summary>
    protected static RecordDefectException NotInFrame(in TopicRecord record) => new(
        $"partition {record.Partition}, offset {record.Offset}",
        "a value that isn't in a known frame",
        "the registry's frame with a schema number of schemas/ids.txt");
}
