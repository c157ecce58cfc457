using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Paths and options as users write them.</summary>
public sealed class ObjectStoresTests
{
    static readonly ObjectStoreOptions s_local = new() { S3 = new S3Options { Endpoint = "http://127.0.0.1:1" } };

    [Theory]
    [InlineData("s3://bucket", "s3://bucket")]
    [InlineData("s3://bucket/", "s3://bucket")]
    [InlineData("s3://bucket/a/b c/", "s3://bucket/a/b c")]
    [InlineData("/tmp/lake/", "/tmp/lake")]
    [InlineData("/tmp/x/../lake", "/tmp/lake")]
    public void A_path_is_a_folder_or_a_prefix_of_a_bucket(string path, string root) =>
        Assert.Equal(root, ObjectStores.Open(path, s_local).Root);

    [Theory]
    [InlineData("s3://")]
    [InlineData("s3://ab")]
    [InlineData("s3:///prefix")]
    [InlineData("s3://bucket/a//b")]
    [InlineData("s3://bucket/../other")]
    [InlineData("gs://bucket/prefix")]
    [InlineData("hdfs://host/lake")]
    public void Any_other_path_is_refused_and_repeated(string path)
    {
        var error = Assert.Throws<ConfigurationException>(() => ObjectStores.Open(path, s_local));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("s3://bucket/prefix", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S3_options_out_of_range_are_named_together()
    {
        var s3 = new S3Options { Endpoint = "127.0.0.1:9000", PartBytes = 1, PartsAtOnce = 0, AttemptMsMax = 0, StagedBytesMax = 0 };
        var error = Assert.Throws<ConfigurationException>(() => ObjectStores.Open("s3://bucket", new ObjectStoreOptions { S3 = s3 }));
        string[] values = ["endpoint '127.0.0.1:9000'", "part of 1 bytes", "parts at once 0", "longest try 0", "staged bytes 0"];
        foreach (var named in values)
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000", null, "WHEN_REQUIRED", true)]
    [InlineData("http://127.0.0.1:9000", ChecksumUse.WhenSupported, "WHEN_SUPPORTED", true)]
    [InlineData(null, null, "WHEN_SUPPORTED", false)]
    [InlineData(null, ChecksumUse.WhenRequired, "WHEN_REQUIRED", false)]
    public void Checksums_and_path_style_follow_the_endpoint_unless_they_are_said(
        string? endpoint, ChecksumUse? checksums, string expected, bool isPathStyle)
    {
        var options = new S3Options
        {
            Endpoint = endpoint,
            Region = "eu-west-1",
            RequestChecksums = checksums,
            ResponseChecksums = checksums,
        };
        using var client = S3Requests.NewClient(options, new Amazon.Runtime.BasicAWSCredentials("key", "secret"));
        var config = (Amazon.S3.AmazonS3Config)client.Config;
        Assert.Equal(expected, config.RequestChecksumCalculation.ToString());
        Assert.Equal(expected, config.ResponseChecksumValidation.ToString());
        Assert.Equal(isPathStyle, config.ForcePathStyle);
        Assert.Equal(0, config.MaxErrorRetry);
    }

    [Theory]
    [InlineData("", "a", -1)]
    [InlineData("a-b", "a/b", -1)]
    [InlineData("a", "a", 0)]
    [InlineData("ab", "a", 1)]
    [InlineData("\uFB01", "\U0001F600", -1)]
    [InlineData("\uD7FF", "\uE000", -1)]
    [InlineData("\U0001F600", "\U0001F601", -1)]
    public void Keys_are_compared_as_their_utf8_bytes_are(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(ObjectKey.Compare(left, right)));
        Assert.Equal(-expected, Math.Sign(ObjectKey.Compare(right, left)));
        var byBytes = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
        Assert.Equal(expected, Math.Sign(byBytes));
    }
}
