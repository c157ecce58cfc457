using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Looks at what the streaming part needs: the native client, and the broker.</summary>
public static class StreamDoctor
{
    /// <summary>Runs every check; none throws.</summary>
    /// <param name="options">The broker to look for; null to leave it out.</param>
    /// <param name="expectedTopics">Topics that it should have; null not to look.</param>
    public static IReadOnlyList<StreamFinding> Check(KafkaOptions? options, IReadOnlyList<Topic>? expectedTopics = null)
    {
        var findings = new List<StreamFinding> { CheckNative() };
        if (!findings[0].IsGood) return findings;
        findings.Add(CheckEmbedded());
        if (options is not null) findings.AddRange(CheckBroker(options, expectedTopics ?? []));
        return findings;
    }

    /// <summary>Version of librdkafka, and what it was built with, for example <c>2.15.1 (gzip,snappy,lz4)</c>.</summary>
    /// <exception cref="DllNotFoundException">The library isn't beside the program.</exception>
    public static string NativeVersion()
    {
        using var conf = new NativeConf();
        return $"{NativeMethods.Text(NativeMethods.Version())} ({conf.Get("builtin.features")})";
    }

    static StreamFinding CheckNative()
    {
        const string Name = "librdkafka";
        try
        {
            return new StreamFinding(Name, true, NativeVersion(), "");
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return new StreamFinding(Name, false, error.Message.Split('\n')[0], "eng/native/prepare builds it; then build again");
        }
    }

    static StreamFinding CheckEmbedded()
    {
        const string Name = "embedded broker";
        try
        {
            using var broker = EmbeddedBroker.StartEmpty();
            broker.CreateTopic("doctor", 1);
            using var questions = new NativeQuestions(broker.Options);
            return new StreamFinding(Name, questions.PartitionCount("doctor") == 1, "starts, and answers", "");
        }
        catch (StockException error)
        {
            return new StreamFinding(Name, false, error.Message, "is a port of 127.0.0.1 free, and may this user listen?");
        }
    }

    static IEnumerable<StreamFinding> CheckBroker(KafkaOptions options, IReadOnlyList<Topic> expectedTopics)
    {
        var name = $"broker {options.BootstrapServers}";
        SortedDictionary<string, int>? topics = null;
        StreamFinding finding;
        try
        {
            using var questions = new NativeQuestions(options.Validated());
            topics = questions.Topics();
            finding = new StreamFinding(name, true, $"answers, {topics.Count} topics", "");
        }
        catch (StockException error)
        {
            finding = new StreamFinding(name, false, error.Found, "start the broker, or name another by --bootstrap");
        }

        yield return finding;
        if (topics is null || expectedTopics.Count == 0) yield break;
        var missing = expectedTopics.Where(topic => !topics.ContainsKey(topic.Name)).Select(topic => topic.Name).ToArray();
        yield return missing.Length == 0
            ? new StreamFinding("topics", true, $"all {expectedTopics.Count} of the table are there", "")
            : new StreamFinding("topics", false, $"missing: {string.Join(", ", missing)}", "kstock topics create");
    }
}
