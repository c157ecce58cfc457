using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class FileDigestTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void It_is_the_sha256_that_others_compute()
    {
        File.WriteAllText(_path, "abc");
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FileDigest.Of(_path));
    }

    [Fact]
    public void The_file_that_the_log_says_passes()
    {
        File.WriteAllText(_path, "abc");
        FileDigest.Demand(_path, "lake/x", Add(FileDigest.ToTags(FileDigest.Of(_path))));
    }

    [Theory, InlineData("abd", "sha256"), InlineData("abcd", "4 bytes"), InlineData("", "0 bytes")]
    public void Another_file_is_named_with_what_was_found(string content, string found)
    {
        File.WriteAllText(_path, "abc");
        var file = Add(FileDigest.ToTags(FileDigest.Of(_path)));
        File.WriteAllText(_path, content);
        var error = Assert.Throws<BrokenInputException>(() => FileDigest.Demand(_path, "lake/x", file));
        Assert.StartsWith($"lake/x: found {found}", error.Message);
    }

    [Theory, InlineData(null), InlineData("{}"), InlineData("""{"kafka.stock.sha256":7}"""), InlineData("[1]")]
    public void Files_of_writers_without_the_tag_are_read_as_they_are(string? tags)
    {
        File.WriteAllText(_path, "other");
        FileDigest.Demand(_path, "lake/x", Add(tags));
    }

    static AddFile Add(string? tags) => new("x", PartitionValues.None, 3, 0) { TagsJson = tags };
}
