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
