using System.Globalization;
using System.Net.Sockets;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>A Kafka broker inside this process: librdkafka's mock cluster. For the demo, and for tests where there is no broker.</summary>
/// <remarks>Clients of other processes on this machine can connect. It keeps 5 MiB a partition and forgets older batches, so producers
/// wait at a
/// <see cref="FlowGate"/>. Nothing about exactly-once can be shown on it: offsets inside transactions are discarded and nobody is
/// fenced.</remarks>
public sealed unsafe class EmbeddedBroker : IDisposable
{
    /// <summary>Bytes that a partition keeps; older batches vanish without a word.</summary>
    public const int PartitionBytes = 5 * 1024 * 1024;

    readonly Lock _lock = new();
    readonly Dictionary<string, int> _topics = [];
    nint _client;
    nint _cluster;

    EmbeddedBroker(nint client, nint cluster)
    {
        _client = client;
        _cluster = cluster;
        BootstrapServers = NativeMethods.Text(NativeMethods.MockClusterBootstraps(cluster));
    }

    /// <summary>Address for clients, <c>127.0.0.1:port</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>How clients of this process reach it.</summary>
    public KafkaOptions Options => new() { BootstrapServers = BootstrapServers, IsEmbedded = true };

    /// <summary>Topics and their partition counts, by name.</summary>
    public IReadOnlyDictionary<string, int> Topics
    {
        get
        {
            lock (_lock) return new SortedDictionary<string, int>(_topics, StringComparer.Ordinal);
        }
    }

    /// <summary>Starts a broker with every topic of the table.</summary>
    /// <param name="partitions">Partitions of each topic, at least 1.</param>
    /// <exception cref="StreamException">It couldn't listen.</exception>
    public static EmbeddedBroker Start(int partitions)
    {
        var broker = StartEmpty();
        foreach (var topic in StockTopics.All) broker.CreateTopic(topic.Name, partitions);
        return broker;
    }

    /// <summary>Starts a broker without topics.</summary>
    /// <exception cref="StreamException">It couldn't listen.</exception>
    public static EmbeddedBroker StartEmpty()
    {
        using var conf = new NativeConf();
        conf.Set("client.id", "kstock-embedded-broker");
        var client = conf.NewProducer();
        var cluster = NativeMethods.MockClusterNew(client, 1);
        if (cluster != 0) return new EmbeddedBroker(client, cluster);
        NativeMethods.Destroy(client);
        throw new StreamException(Verdict.Stop, "embedded broker", "no cluster", "a free port on 127.0.0.1");
    }

    /// <summary>Makes a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="partitions">At least 1.</param>
    /// <exception cref="ConfigurationException">It exists with another partition count.</exception>
    public void CreateTopic(string name, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_cluster == 0, this);
            if (_topics.TryGetValue(name, out var existing))
            {
                if (existing == partitions) return;
                throw new ConfigurationException(
                    $"topic {name}", string.Create(CultureInfo.InvariantCulture, $"{existing} partitions"),
                    string.Create(CultureInfo.InvariantCulture, $"{partitions} partitions"));
            }

            var error = Command(() => NativeMethods.MockTopicCreate(_cluster, name, partitions, 1));
            if (error != 0) throw ClientErrors.ToException($"topic {name}", error, "a topic on the embedded broker");
            _topics.Add(name, partitions);
        }
    }

    /// <summary>Answers the next requests of a kind with errors: for tests of what comes after.</summary>
    internal void FailNext(short apiKey, params ReadOnlySpan<int> errors)
    {
        fixed (int* codes = errors)
        {
            NativeMethods.MockPushErrors(_cluster, apiKey, (nuint)errors.Length, codes);
        }
    }

    /// <summary>Takes back what <see cref="FailNext"/> has left.</summary>
    internal void ClearErrors(short apiKey) => NativeMethods.MockClearErrors(_cluster, apiKey);

    /// <summary>Closes every connection and accepts none until <see cref="ComeBack"/>.</summary>
    internal void GoDown() => _ = Command(() => NativeMethods.MockBrokerDown(_cluster, -1));

    /// <summary>Accepts connections again.</summary>
    internal void ComeBack() => _ = Command(() => NativeMethods.MockBrokerUp(_cluster, -1));

    /// <summary>Stops the broker; everything in it is gone.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_cluster == 0) return;
            NativeMethods.MockClusterDestroy(_cluster);
            NativeMethods.Destroy(_client);
            _cluster = 0;
            _client = 0;
        }
    }

    /// <summary>Gives the cluster's thread a command. It can overlook the wake-up of one that comes right after another, and then sleeps
    /// up to a second; any connection wakes it.</summary>
    int Command(Func<int> command)
    {
        const int PatienceMs = 3;
        var done = Task.Run(command);
        while (!done.Wait(PatienceMs)) Knock();
        return done.Result;
    }

    void Knock()
    {
        try
        {
            var colon = BootstrapServers.LastIndexOf(':');
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(BootstrapServers[..colon], int.Parse(BootstrapServers.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        }
        catch (SocketException)
        {
            // A broker that is down refuses: it will wake by itself.
        }
    }
}
