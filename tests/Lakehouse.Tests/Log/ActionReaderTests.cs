using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ActionReaderTests
{
    [Fact]
    public void Actions_come_in_the_order_of_the_lines_and_unknown_ones_are_passed_over()
    {
        var actions = Read(
            """
            {"protocol":{"minReaderVersion":1,"minWriterVersion":2,"someday":[1,{"a":2}]}}

            {"domainMetadata":{"domain":"x"}}
            {"txn":{"appId":"a/3","version":17,"lastUpdated":5},"new_thing":{"deep":{"deeper":[]}}}
            {"add":{"path":"a%20b.parquet","partitionValues":{"day":"2024-01-02","n":null},"size":7,"dataChange":false,"tags":null}}
            {"remove":{"path":"c","dataChange":true}}
            """);
        Assert.Equal(
            ["ProtocolAction", "AppTransaction", "AddFile", "RemoveFile"], actions.Select(action => action.GetType().Name));
        Assert.Equal(new AppTransaction("a/3", 17, 5), actions[1]);
        var add = (AddFile)actions[2];
        Assert.Equal(("a%20b.parquet", "a b.parquet", 7, 0, false), (add.Path, add.Key, add.SizeBytes, add.ModifiedMs, add.IsDataChange));
        Assert.Equal(("2024-01-02", null, null), (add.PartitionValues["DAY"], add.PartitionValues["n"], add.TagsJson));
        Assert.Null(((RemoveFile)actions[3]).DeletedMs);
    }

    [Theory]
    [InlineData("{\"add\":{\"path\":")]
    [InlineData("{\"add\":{\"path\":3,\"size\":1}}")]
    [InlineData("{\"add\":{\"size\":1}}")]
    [InlineData("{\"add\":[]}")]
    [InlineData("{\"add\":{\"path\":\"a\",\"size\":\"1\"}}")]
    [InlineData("{\"add\":{\"path\":\"a\",\"size\":99999999999999999999}}")]
    [InlineData("{\"add\":{\"path\":\"a\",\"partitionValues\":[]}}")]
    [InlineData("{\"metaData\":{\"id\":\"a\",\"configuration\":7}}")]
    [InlineData("{\"protocol\":{\"minReaderVersion\":1}}")]
    [InlineData("{\"txn\":{\"appId\":\"a\"}}")]
    [InlineData("{\"txn\":{\"appId\":\"a\",\"version\":1}} {}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void A_line_that_is_none_is_named_by_file_and_line(string line)
    {
        var error = Assert.Throws<BrokenInputException>(() => Read("{\"txn\":{\"appId\":\"a\",\"version\":1}}\n\n" + line + "\n"));
        Assert.Equal("t/_delta_log/7.json:3", error.Where);
    }

    [Fact]
    public void Commit_info_may_be_of_any_form()
    {
        var info = (CommitInfo)Assert.Single(Read(
            """{"commitInfo":{"timestamp":"soon","operation":7,"operationParameters":{"a":"b","c":[1],"d":null},"isBlindAppend":true}}"""));
        Assert.Equal((null, null, true), (info.TimestampMs, info.Operation, info.IsBlindAppend));
        Assert.Equal(["a=b", "c=[1]", "d=null"], info.OperationParameters.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        LogAction[] actions =
        [
            new CommitInfo { TimestampMs = 5, Operation = "WRITE", ReadVersion = 3, IsBlindAppend = false, EngineInfo = "e", TxnId = "t" },
            new ProtocolAction(3, 7) { ReaderFeatures = ["x"], WriterFeatures = ["x", "y"] },
            new MetadataAction("id", "{\"type\":\"struct\",\"fields\":[]}") { Name = "n", PartitionColumns = ["ö"], CreatedMs = 8 },
            new AppTransaction("app \"1\"\n", long.MaxValue, 1),
            new AddFile("p%25", PartitionValues.Of(("a", "<é+'\">"), ("b", null)), 1, 2)
            {
                StatsJson = "{\"numRecords\":1}",
                TagsJson = "{\"a\":\"b\"}",
            },
            new RemoveFile("r", 77) { IsDataChange = false, PartitionValues = PartitionValues.None, SizeBytes = 5 },
        ];
        var read = ActionReader.ReadCommit(ActionWriter.WriteCommit(actions), "w");
        Assert.Equal(ActionWriter.WriteCommit(actions), ActionWriter.WriteCommit(read));
        Assert.Equal(actions[3], read[3]);
        Assert.Equal(((AddFile)actions[4]).PartitionValues, ((AddFile)read[4]).PartitionValues);
        Assert.Equal(actions.Length, read.Count);
    }

    [Fact]
    public void A_deletion_vector_is_noticed()
    {
        var add = (AddFile)Assert.Single(Read("""{"add":{"path":"a","size":1,"deletionVector":{"storageType":"u"}}}"""));
        Assert.True(add.HasDeletionVector);
    }

    static List<LogAction> Read(string text) => ActionReader.ReadCommit(Encoding.UTF8.GetBytes(text), "t/_delta_log/7.json");
}
