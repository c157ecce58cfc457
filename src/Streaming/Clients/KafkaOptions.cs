using System.Globalization;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>How to reach a Kafka broker, and any property of librdkafka besides. Secrets in it reach no log: text forms hide
/// them.</summary>
public sealed record KafkaOptions
{
    /// <summary>The property that names a file with more properties, one <c>key=value</c> a line.</summary>
    public const string PropertyFile = "property.file";

    /// <summary>Addresses, <c>host:port</c> with commas between.</summary>
    public string BootstrapServers { get; init; } = "127.0.0.1:9092";

    /// <summary>Properties of librdkafka that go to every client as they are, over our defaults. SASL and TLS are set here.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The broker is an <see cref="EmbeddedBroker"/>: it knows no admin requests, forgets beyond 5 MiB a partition, and answers a
    /// waiting fetch late.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>How long a question to the broker may take (metadata, offsets, watermarks), milliseconds, 100 to 600,000.</summary>
    public int RequestTimeoutMs { get; init; } = 10_000;

    /// <summary>How long all brokers may be out of reach before a host ends with an error, milliseconds, 100 or more.</summary>
    public int UnreachableLimitMs { get; init; } = 120_000;

    /// <summary>Checks everything, with files read in: unknown properties, those that the runtime decides, numbers out of range.</summary>
    /// <returns>The same options, without <see cref="PropertyFile"/>.</returns>
    /// <exception cref="ConfigurationException">All faults in one message.</exception>
    public KafkaOptions Validated()
    {
        var faults = new List<string>();
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Properties.TryGetValue(PropertyFile, out var path)) ReadFile(path, properties, faults);
        foreach (var (name, value) in Properties)
        {
            if (name != PropertyFile) properties[name] = value;
        }

        var bootstrap = properties.Remove("bootstrap.servers", out var fromProperties) ? fromProperties : BootstrapServers;
        if (string.IsNullOrWhiteSpace(bootstrap)) faults.Add("bootstrap servers: found nothing; expected host:port");
        Range("request timeout", RequestTimeoutMs, 100, 600_000, faults);
        Range("unreachable limit", UnreachableLimitMs, 100, int.MaxValue, faults);
        using (var conf = new NativeConf())
        {
            foreach (var (name, value) in properties)
            {
                if (ClientSettings.IsOurs(name)) faults.Add($"{name}: found a value; expected none, the runtime decides it");
                else if (conf.TrySet(name, value) is { } fault) faults.Add($"{name}: found {fault}; expected a property of librdkafka");
            }
        }

        if (faults.Count > 0) throw new ConfigurationException("Kafka options", string.Join("; ", faults), "options without these faults");
        return this with { BootstrapServers = bootstrap, Properties = properties };
    }

    /// <summary>Reads <c>key=value</c> pairs, as <c>--kafka</c> gives them.</summary>
    /// <exception cref="ConfigurationException">A pair has no <c>=</c>.</exception>
    public static IReadOnlyDictionary<string, string> ParseProperties(IEnumerable<string> pairs)
    {
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new ConfigurationException("--kafka", "a property without =", "key=value");
            properties[pair[..equals].Trim()] = pair[(equals + 1)..].Trim();
        }

        return properties;
    }

    /// <summary>Address and properties, secrets hidden.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(BootstrapServers);
        foreach (var (name, value) in Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $" {name}={(SecretNames.IsSecret(name) ? SecretNames.Hidden : value)}");
        }

        return text.ToString();
    }

    static void Range(string name, int value, int min, int max, List<string> faults)
    {
        if (value >= min && value <= max) return;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: found {value} ms; expected {min} to {max}"));
    }

    static void ReadFile(string path, SortedDictionary<string, string> properties, List<string> faults)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"{PropertyFile} {path}: found {error.Message}; expected a file that can be read");
            return;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) properties[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            else faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{i + 1}: found a line without =; expected key=value"));
        }
    }
}
