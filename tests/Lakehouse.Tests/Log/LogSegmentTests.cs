using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class LogSegmentTests
{
    [Theory]
    [InlineData("0 1 2", null, -1, 2)]
    [InlineData("0 1 2", 1L, -1, 1)]
    [InlineData("0 1c 1 2", null, 1, 2)]
    [InlineData("1c", null, 1, 1)]
    [InlineData("1c 2 3c", null, 3, 3)]
    [InlineData("1c 2 3c", 2L, 1, 2)]
    [InlineData("0 1 7c 8", null, 7, 8)]
    [InlineData("0 1c1/2 1c2/2 1", null, 1, 1)]
    [InlineData("0 1c1/2 1", null, -1, 1)]
    [InlineData("0 1c1/2 1c2/2 1c 1", null, 1, 1)]
    [InlineData("0 1 1u", null, -1, 1)]
    public void The_newest_complete_checkpoint_and_the_commits_after_it_are_chosen(string files, long? at, long checkpoint, long version)
    {
        var segment = LogSegment.Choose(Listing(files), "log/", at, "root");
        Assert.Equal((checkpoint, version, version - checkpoint), (segment.CheckpointVersion, segment.Version, segment.Commits.Length));
    }

    [Theory]
    [InlineData("0 2", null, "00000000000000000001.json")]
    [InlineData("1 2", null, "00000000000000000000.json")]
    [InlineData("1c 3", null, "00000000000000000002.json")]
    [InlineData("0 1", 2L, "00000000000000000002.json")]
    [InlineData("3c", 2L, "")]
    [InlineData("", null, "")]
    [InlineData("x .0.json.crc _last_checkpoint", null, "")]
    public void What_is_missing_is_named(string files, long? at, string missing)
    {
        var error = Assert.Throws<BrokenInputException>(() => LogSegment.Choose(Listing(files), "log/", at, "root"));
        Assert.Equal("root/log/" + missing, error.Where);
    }

    [Theory]
    [InlineData("5u")]
    [InlineData("5u 6")]
    public void A_log_that_begins_with_a_checkpoint_of_version_2_is_refused_by_name(string files) => Assert.Contains(
        "v2Checkpoint",
        Assert.Throws<RefusedException>(() => LogSegment.Choose(Listing(files), "log/", null, "root")).Found,
        StringComparison.Ordinal);

    [Fact]
    public void Strangers_are_none_of_ours() => Assert.All(
        [
            "_last_checkpoint", ".00000000000000000000.json.crc", "00000000000000000000.crc", "00000000000000000000.json.tmp", "1.json",
            "0000000000000000000x.json", "00000000000000000000.checkpoint.0000000003.0000000002.parquet",
            "_sidecars/00000000000000000000.json",
            "00000000000000000000.compacted.json", "99999999999999999999.json",
        ],
        name => Assert.Equal(LogNameKind.Stranger, LogName.Parse(name).Kind));

    [Fact]
    public void Names_are_those_of_the_protocol()
    {
        Assert.Equal("00000000000000000012.json", LogName.Commit(12));
        Assert.Equal("00000000000000000012.checkpoint.parquet", LogName.Checkpoint(12));
        Assert.Equal(new LogName(LogNameKind.Commit, 12, 1, 1), LogName.Parse(LogName.Commit(12)));
        Assert.Equal(
            new LogName(LogNameKind.Checkpoint, 12, 2, 3), LogName.Parse("00000000000000000012.checkpoint.0000000002.0000000003.parquet"));
    }

    /// <summary>3 a commit, 3c a checkpoint, 3c1/2 a part of one, 3u one with a UUID.</summary>
    static List<ObjectEntry> Listing(string files) =>
    [
        .. files.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(file => new ObjectEntry("log/" + Name(file), 1, 0))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal),
    ];

    static string Name(string file)
    {
        if (file.Split('c') is [var version, var part] && long.TryParse(version, out var at))
        {
            if (part.Length == 0) return LogName.Checkpoint(at);
            var numbers = part.Split('/').Select(int.Parse).ToList();
            return $"{LogName.Padded(at)}.checkpoint.{numbers[0]:D10}.{numbers[1]:D10}.parquet";
        }

        if (file.EndsWith('u')) return $"{LogName.Padded(long.Parse(file[..^1]))}.checkpoint.0e42c15b-17cc-4918-990d-2ff76e918e4d.parquet";
        return long.TryParse(file, out var commit) ? LogName.Commit(commit) : file;
    }
}
