using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class KafkaOptionsTests
{
    [Fact]
    public void All_faults_come_in_one_message()
    {
        var options = new KafkaOptions
        {
            BootstrapServers = " ",
            RequestTimeoutMs = 5,
            Properties = KafkaOptions.ParseProperties(
                ["no.such.thing=1", "linger.ms=soon", "acks=1", "group.id=mine", "compression.type=zip"]),
        };
        var error = Assert.Throws<ConfigurationException>(options.Validated);
        foreach (var name in new[] { "bootstrap", "request timeout", "no.such.thing", "linger.ms", "acks", "group.id", "compression.type" })
        {
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_property_file_is_read_and_what_is_given_directly_wins()
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, ["# comment", "", " linger.ms = 7 ", "batch.size=1000", "bootstrap.servers=a:1"]);
        var properties = KafkaOptions.ParseProperties([$"property.file={path}", "batch.size=2000"]);
        var options = new KafkaOptions { Properties = properties }.Validated();
        File.Delete(path);
        Assert.Equal("a:1", options.BootstrapServers);
        Assert.Equal(["batch.size=2000", "linger.ms=7"], options.Properties.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void A_broken_property_file_names_file_and_line()
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, ["linger.ms=7", "nonsense"]);
        var options = new KafkaOptions { Properties = KafkaOptions.ParseProperties([$"property.file={path}"]) };
        var error = Assert.Throws<ConfigurationException>(options.Validated);
        File.Delete(path);
        Assert.Contains($"{path}:2", error.Found, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(options.Validated);
    }

    [Fact]
    public void Secrets_are_in_no_text()
    {
        var options = new KafkaOptions
        {
            Properties = KafkaOptions.ParseProperties(
                ["sasl.password=hunter2", "ssl.key.password=hunter2", "ssl.key.pem=hunter2", "sasl.username=me"]),
        };
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("sasl.username=me", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{options}", StringComparison.Ordinal);
        var error = Assert.Throws<ConfigurationException>(() => new KafkaOptions
        {
            Properties = KafkaOptions.ParseProperties(["sasl.oauthbearer.client.secretive=hunter2"]),
        }.Validated());
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_without_an_equals_sign_is_refused() =>
        Assert.Throws<ConfigurationException>(() => KafkaOptions.ParseProperties(["linger.ms"]));
}
