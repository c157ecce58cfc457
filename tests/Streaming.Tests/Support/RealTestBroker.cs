using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

/// <summary>A real broker that the environment names; a test is skipped where there is none.</summary>
public sealed class RealTestBroker : TestBroker
{
    public const string Variable = "KSTOCK_KAFKA_BOOTSTRAP";

    static int s_tests;

    readonly KafkaOptions _options;

    public RealTestBroker()
    {
        var bootstrap = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(bootstrap), $"no real broker: set {Variable} to host:port of one");
        _options = new KafkaOptions { BootstrapServers = bootstrap! };
        var number = Interlocked.Increment(ref s_tests);
        Prefix = string.Create(CultureInfo.InvariantCulture, $"kstock-test-{Environment.ProcessId}-{Environment.TickCount64}-{number}-");
    }

    public override KafkaOptions Options => _options;

    public override string Prefix { get; }

    public override void CreateTopic(string name, int partitions)
    {
        using var admin = new TopicAdmin(_options);
        admin.CreateAsync([new Topic(name, "symbol", [], TopicCleanup.Days(1), "test")], partitions).GetAwaiter().GetResult();
    }
}
