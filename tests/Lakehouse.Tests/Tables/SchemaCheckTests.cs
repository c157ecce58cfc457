using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class SchemaCheckTests : IDisposable
{
    readonly TestLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("symbol:string", null)]
    [InlineData("volume:long,symbol:string", null)]
    [InlineData("symbol:string,volume:integer", "column volume of integer")]
    [InlineData("symbol:string,volume:long,price:double", "column price")]
    [InlineData("symbol:string,Volume:long", "column Volume")]
    [InlineData("symbol:string,volume:long,day:date", "partition column day")]
    public async Task A_file_has_the_columns_of_its_table(string columns, string? found)
    {
        var table = await _lake.NewTableAsync();
        var file = TestLake.FileOf("a") with { Schema = Schema(columns) };
        if (found is null) await table.AppendAsync([file], [], default);
        else Assert.Equal(found, (await Assert.ThrowsAsync<RefusedException>(() => table.AppendAsync([file], [], default))).Found);
        Assert.Equal(found is null ? 1 : 0, (await table.RefreshAsync(default)).Version);
    }

    [Theory]
    [InlineData("../other/a.parquet")]
    [InlineData("/tmp/a.parquet")]
    [InlineData("day=1/../../a.parquet")]
    public async Task A_file_outside_the_table_is_refused(string key) =>
        await Refused(await _lake.NewTableAsync(), TestLake.FileOf("a") with { Key = key }, "a.parquet");

    [Fact]
    public async Task Partition_values_are_those_of_the_partition_columns()
    {
        var table = await _lake.NewTableAsync();
        var file = TestLake.FileOf("a");
        await Refused(table, file with { PartitionValues = PartitionValues.None }, "[]");
        await Refused(table, file with { PartitionValues = PartitionValues.Of(("day", "2024-01-02"), ("x", "1")) }, "[day, x]");
        await Refused(table, file with { PartitionValues = PartitionValues.Of(("day", "yesterday")) }, "day=yesterday");
        await table.AppendAsync([file with { PartitionValues = PartitionValues.Of(("day", null)) }], [], default);
        Assert.Null(Assert.Single(table.Snapshot.Files).PartitionValues["day"]);
    }

    [Fact]
    public async Task A_column_is_added_when_asked_for_and_old_rows_have_null_in_it()
    {
        var table = await _lake.NewTableAsync();
        await table.AppendAsync([_lake.Write("a", 1)], [], default);
        await table.AddColumnsAsync([new("price", DeltaType.Float64)], default);
        Assert.Equal("price", table.Snapshot.Schema.Fields[^1].Name);
        await table.AppendAsync([_lake.Write("b", 2)], [], default);
        Assert.Equal(["2024-01-02|A|1|∅", "2024-01-02|A|2|∅"], await _lake.RowsAsync(table, table.Snapshot));
        await Assert.ThrowsAsync<RefusedException>(() => table.AddColumnsAsync([new("PRICE", DeltaType.Text)], default));
        await Assert.ThrowsAsync<RefusedException>(() => table.AddColumnsAsync([new("must", DeltaType.Text, IsNullable: false)], default));
        await Assert.ThrowsAsync<ConfigurationException>(() => table.AddColumnsAsync([new("a b", DeltaType.Text)], default));
    }

    [Theory]
    [InlineData("{\"numRecords\":2,\"nullCount\":{\"volume\":0}}", null)]
    [InlineData("{\"numRecords\":2,\"nullCount\":{\"volume\":1}}", "1 nulls in column volume")]
    [InlineData("{\"numRecords\":2}", "no count of nulls in column volume")]
    [InlineData(null, "no count of nulls in column volume")]
    public async Task A_column_that_forbids_null_gets_none(string? stats, string? found)
    {
        var schema = new StructType(TestLake.Schema.Fields.SetItem(2, new StructField("volume", DeltaType.Int64, IsNullable: false)));
        var table = await _lake.NewTableAsync(one => one with { Schema = schema });
        var file = TestLake.FileOf("a") with { StatsJson = stats };
        if (found is null) await table.AppendAsync([file], [], default);
        else await Refused(table, file, found);
        await Refused(table, file with { Schema = Schema("symbol:string") }, "no column volume");
    }

    [Fact]
    public async Task Rules_that_are_not_evaluated_here_forbid_writing()
    {
        const string Rule = """{"delta.invariants":"{\"expression\":{\"expression\":\"volume > 0\"}}"}""";
        var schema = new StructType(TestLake.Schema.Fields.SetItem(2, new StructField("volume", DeltaType.Int64) { MetadataJson = Rule }));
        var table = await _lake.NewTableAsync(one => one with { Schema = schema });
        await Refused(table, TestLake.FileOf("a"), "volume > 0");
    }

    [Fact]
    public async Task An_append_only_table_keeps_its_rows()
    {
        var table = await _lake.NewTableAsync(one => one with { Configuration = one.Configuration.Add("delta.appendOnly", "true") });
        await table.AppendAsync([TestLake.FileOf("a"), TestLake.FileOf("b")], [], default);
        await Assert.ThrowsAsync<RefusedException>(() => table.ReplaceAsync([TestLake.FileOf("c")], [], default));
        var bin = Assert.Single(table.PlanCompaction(new CompactionOptions()));
        await table.CompactAsync(table.Snapshot, [(bin, [TestLake.FileOf("ab", 2)])], default);
        Assert.Equal(["ab"], TestLake.Keys(table.Snapshot));
    }

    [Theory]
    [InlineData("symbol:string,Symbol:long", "", "two columns Symbol")]
    [InlineData("a b:long", "", "column 'a b'")]
    [InlineData("a:long", "b", "partition column b")]
    [InlineData("a:long", "a", "1 partition columns")]
    [InlineData("a:long,b:long", "a,a", "2 partition columns")]
    public async Task A_definition_that_cannot_be_is_refused_before_anything_is_written(string columns, string partitions, string found)
    {
        var definition = new TableDefinition(Schema(columns), [.. partitions.Split(',', StringSplitOptions.RemoveEmptyEntries)]);
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => _lake.Lake.OpenOrCreateAsync("t", definition, default));
        Assert.Equal(found, error.Found);
        Assert.False(await _lake.Lake.HasAsync("t", default));
    }

    static async Task Refused(DeltaTable table, DataFile file, string found) => Assert.Contains(
        found, (await Assert.ThrowsAsync<RefusedException>(() => table.AppendAsync([file], [], default))).Found, StringComparison.Ordinal);

    static StructType Schema(string columns) => new(
        [.. columns.Split(',').Select(column => new StructField(column.Split(':')[0], new PrimitiveType(column.Split(':')[1])))]);
}
