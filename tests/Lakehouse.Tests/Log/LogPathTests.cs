using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class LogPathTests
{
    [Fact]
    public void Whatever_is_encoded_is_decoded_to_itself() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        // Half a surrogate pair is no text, and no store has such a key.
        if (text.Get.Any(char.IsSurrogate)) return true;
        var encoded = LogPath.Encode(text.Get);
        return LogPath.Decode(encoded) == text.Get && encoded.All(char.IsAscii);
    }).Check(Config.QuickThrowOnFailure.WithReplay(7, 1));

    [Theory]
    [InlineData("day=2024-01-02/a b.parquet", "day=2024-01-02/a%20b.parquet")]
    [InlineData("s=100%25/x", "s=100%2525/x")]
    [InlineData("é?#", "%C3%A9%3F%23")]
    [InlineData("x:y/z", "x%3Ay/z")]
    public void Paths_are_encoded_once(string key, string path) => Assert.Equal((path, key), (LogPath.Encode(key), LogPath.Decode(path)));

    [Theory]
    [InlineData("lake/t", "a%20b/c.parquet", "lake/t/a b/c.parquet")]
    [InlineData("", "c.parquet", "c.parquet")]
    [InlineData("t", "/data/t/c.parquet", "t/c.parquet")]
    [InlineData("t", "file:///data/t/x%20y.parquet", "t/x y.parquet")]
    [InlineData("t", "time=11:11/x", "t/time=11:11/x")]
    public void A_path_of_the_log_becomes_a_key_of_the_store(string table, string path, string key) =>
        Assert.Equal(key, LogPath.ToKey(table, path, "/data"));

    [Theory]
    [InlineData("../other/x.parquet")]
    [InlineData("a/%2E%2E/%2E%2E/x")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/data/table2/x")]
    [InlineData("s3://elsewhere/x")]
    [InlineData("/data/t/../x")]
    [InlineData("a//b")]
    [InlineData("")]
    public void A_path_that_leaves_the_table_is_refused(string path) =>
        Assert.Contains(path, Assert.Throws<RefusedException>(() => LogPath.ToKey("t", path, "/data")).Found, StringComparison.Ordinal);

    [Fact]
    public void An_absolute_path_within_a_bucket_is_a_key() =>
        Assert.Equal("t/x.parquet", LogPath.ToKey("t", "s3://bucket/lake/t/x.parquet", "s3://bucket/lake"));

    [Fact]
    public void Partition_folders_are_named_as_Hive_names_them() => Assert.Equal(
        "day=2024-01-02 11%3A11%3A11/s=a%2Fb%25/n=__HIVE_DEFAULT_PARTITION__",
        LogPath.PartitionFolder(["day", "s", "n"], PartitionValues.Of(("n", null), ("s", "a/b%"), ("day", "2024-01-02 11:11:11"))));
}
