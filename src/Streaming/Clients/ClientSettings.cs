using Confluent.Kafka;

namespace Kafka.Stock.Streaming;

/// <summary>Settings of each kind of client: our defaults, the user's properties over them, and on top what the runtime decides.</summary>
static class ClientSettings
{
    const string EmbeddedFetchWaitMs = "20";

    /// <summary>Properties on which the guarantees rest; a user can't set them.</summary>
    static readonly string[] s_ours =
    [
        "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset", "enable.partition.eof", "group.id", "transactional.id",
        "delivery.report.only.error", "enable.idempotence", "acks", "request.required.acks", "partitioner", "allow.auto.create.topics",
        "isolation.level", "test.mock.num.brokers",
    ];

    /// <summary>True for a property that the runtime decides.</summary>
    public static bool IsOurs(string name) => Array.IndexOf(s_ours, name) >= 0;

    /// <summary>A producer that loses nothing: all replicas, idempotent, murmur2 as Java clients have it.</summary>
    public static SortedDictionary<string, string> Producer(KafkaOptions options, string clientId)
    {
        var settings = Common(options, clientId);
        settings.TryAdd("compression.type", "lz4");
        settings.TryAdd("linger.ms", "5");
        settings.TryAdd("queue.buffering.max.messages", "100000");
        settings.TryAdd("queue.buffering.max.kbytes", "65536");
        if (!settings.ContainsKey("delivery.timeout.ms"))
        {
            settings.TryAdd("message.timeout.ms", options.UnreachableLimitMs.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        settings["enable.idempotence"] = "true";
        settings["acks"] = "all";
        settings["partitioner"] = "murmur2_random";
        return settings;
    }

    /// <summary>A consumer whose position is ours alone: assigned, never reset silently, committed when outputs are safe.</summary>
    public static SortedDictionary<string, string> Consumer(KafkaOptions options, string clientId, string group)
    {
        var settings = Common(options, clientId);
        settings.TryAdd("fetch.queue.backoff.ms", "2");
        settings.TryAdd("queued.max.messages.kbytes", "32768");
        if (options.IsEmbedded) settings.TryAdd("fetch.wait.max.ms", EmbeddedFetchWaitMs);
        settings["group.id"] = group;
        settings["enable.auto.commit"] = "false";
        settings["enable.auto.offset.store"] = "false";
        settings["auto.offset.reset"] = "error";
        settings["isolation.level"] = "read_committed";
        return settings;
    }

    /// <summary>A client for questions only.</summary>
    public static SortedDictionary<string, string> Admin(KafkaOptions options, string clientId) => Common(options, clientId);

    static SortedDictionary<string, string> Common(KafkaOptions options, string clientId)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in options.Properties) settings[name] = value;
        settings.TryAdd("client.id", clientId);
        settings["bootstrap.servers"] = options.BootstrapServers;
        settings["allow.auto.create.topics"] = "false";
        return settings;
    }

    /// <summary>Runs the making of a client; a refused property becomes an error of ours.</summary>
    public static TClient Build<TClient>(Func<TClient> build)
    {
        try
        {
            return build();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or KafkaException)
        {
            throw new Contracts.ConfigurationException(
                "client properties", error.Message, "properties that librdkafka accepts together", error);
        }
    }
}
