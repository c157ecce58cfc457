using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Takes each record of a topic, on the thread that reads it: one thread a topic.</summary>
delegate void TopicTap(string topic, in TopicRecord record);
