// Prints all forecasts that a broker has, up to the end of the topic or Ctrl-C: dotnet run --project samples/ConsumeForecasts -- HOST:PORT
using Confluent.Kafka;
using Kafka.Stock.Contracts;

var stopped = false;
Console.CancelKeyPress += (_, key) => stopped = key.Cancel = true;
var settings = new ConsumerConfig { BootstrapServers = args[0], GroupId = "sample", EnablePartitionEof = true, EnableAutoCommit = false };
using var consumer = new ConsumerBuilder<string, byte[]>(settings).Build();
using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
var topic = admin.GetMetadata(StockTopics.Forecasts.Name, TimeSpan.FromSeconds(10)).Topics[0];
consumer.Assign(topic.Partitions.Select(partition => new TopicPartitionOffset(topic.Topic, partition.PartitionId, Offset.Beginning)));
var open = topic.Partitions.Select(partition => partition.PartitionId).ToHashSet();
var names = new NamePool();
Forecast? forecast = null;
while (open.Count > 0 && !stopped)
{
    var result = consumer.Consume(TimeSpan.FromMilliseconds(200));
    if (result is { IsPartitionEOF: true }) open.Remove(result.Partition);
    if (result?.Message is null || !ConfluentFrame.TryRead(result.Message.Value, out _, out var body)) continue;
    AvroBody.Read(body, names, ref forecast);
    var served = forecast!.Strategies.Single(strategy => strategy.Strategy == forecast.Served);
    var interval = served.Intervals.Single(interval => interval.Level == 0.9);
    var target = DateTime.UnixEpoch.AddMicroseconds(forecast.TargetTimeUs);
    var line = FormattableString.Invariant($"{target:u} {served.PredictedClose:F4} [{interval.Lower:F4}, {interval.Upper:F4}]");
    Console.WriteLine($"{forecast.Series} {line}");
}
