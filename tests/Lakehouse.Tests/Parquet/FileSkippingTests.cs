using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class FileSkippingTests
{
    static readonly StructType s_schema = new(
    [
        new StructField("text", DeltaType.Text),
        new StructField("whole", DeltaType.Int32),
        new StructField("price", new DecimalType(18, 6)),
        new StructField("number", DeltaType.Float64),
        new StructField("day", DeltaType.Date),
        new StructField("instant", DeltaType.Timestamp),
        new StructField("list", new ArrayType(DeltaType.Int32, ContainsNull: true)),
    ]);

    const string Stats = """
        {"numRecords":10,
        "minValues":{"text":"b","whole":-5,"price":1.5,"number":0.5,"day":"2020-01-02","instant":"2020-01-01T00:00:00.000Z"},
        "maxValues":{"text":"d","whole":7,"price":2.25,"number":2.5,"day":"2020-02-02","instant":"2020-01-01T00:00:00.003Z"},
        "nullCount":{"text":0,"whole":3,"price":0,"number":0,"day":10}}
        """;

    [Theory]
    [InlineData("text", Comparison.Equal, "a", false)]
    [InlineData("text", Comparison.Equal, "c", true)]
    [InlineData("text", Comparison.Greater, "d", false)]
    [InlineData("text", Comparison.GreaterOrEqual, "d", true)]
    [InlineData("text", Comparison.Less, "é", true)]
    [InlineData("text", Comparison.GreaterOrEqual, "é", false)]
    [InlineData("TEXT", Comparison.Less, "b", false)]
    [InlineData("text", Comparison.IsNull, null, false)]
    [InlineData("whole", Comparison.Equal, "8", false)]
    [InlineData("whole", Comparison.LessOrEqual, "-5", true)]
    [InlineData("whole", Comparison.Less, "-5", false)]
    [InlineData("whole", Comparison.NotEqual, "1", true)]
    [InlineData("whole", Comparison.IsNull, null, true)]
    [InlineData("price", Comparison.Greater, "2.25", false)]
    [InlineData("price", Comparison.Greater, "2.249999", true)]
    [InlineData("price", Comparison.Equal, "2.250000", true)]
    [InlineData("number", Comparison.Less, "0.5", false)]
    [InlineData("number", Comparison.Greater, "3", true)]
    [InlineData("number", Comparison.Equal, "3", false)]
    [InlineData("day", Comparison.Equal, "2020-01-15", false)]
    [InlineData("day", Comparison.IsNotNull, null, false)]
    [InlineData("day", Comparison.IsNull, null, true)]
    [InlineData("instant", Comparison.Greater, "2020-01-01 00:00:00.003500", true)]
    [InlineData("instant", Comparison.Greater, "2020-01-01 00:00:00.004000", false)]
    [InlineData("instant", Comparison.Equal, "2019-12-31 23:59:59.999999", false)]
    [InlineData("instant", Comparison.IsNull, null, true)]
    public void A_file_is_left_out_only_where_its_statistics_exclude_every_row(
        string column, Comparison comparison, string? value, bool expected)
    {
        var filter = new RowFilter(column, comparison, value);
        Assert.Equal(expected, FileSkipping.MayMatch(s_schema, [], [filter], PartitionValues.None, Stats));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"numRecords":3,"minValues":{"whole":"x"},"maxValues":{"whole":[1]},"nullCount":{"whole":null}}""")]
    [InlineData("""{"numRecords":3,"minValues":{"whole":null},"maxValues":{"whole":{"a":1}}}""")]
    public void Without_statistics_that_can_be_read_nothing_is_left_out(string? statsJson)
    {
        foreach (var comparison in Enum.GetValues<Comparison>())
        {
            Assert.True(FileSkipping.MayMatch(s_schema, [], [new RowFilter("whole", comparison, "1")], PartitionValues.None, statsJson));
        }
    }

    [Theory]
    [InlineData("2020", Comparison.Equal, "2020", true)]
    [InlineData("2020", Comparison.Equal, "2021", false)]
    [InlineData("2020", Comparison.NotEqual, "2020", false)]
    [InlineData("2020", Comparison.Less, "2021", true)]
    [InlineData("9", Comparison.Less, "10", true)]
    [InlineData("2020", Comparison.GreaterOrEqual, "2021", false)]
    [InlineData("2020", Comparison.Greater, "2019", true)]
    [InlineData("2020", Comparison.LessOrEqual, "2019", false)]
    [InlineData(null, Comparison.Equal, "2020", false)]
    [InlineData(null, Comparison.IsNull, null, true)]
    [InlineData(null, Comparison.IsNotNull, null, false)]
    [InlineData("2020", Comparison.IsNull, null, false)]
    [InlineData("2020", Comparison.IsNotNull, null, true)]
    public void A_partition_value_is_exact(string? value, Comparison comparison, string? wanted, bool expected)
    {
        var filter = new RowFilter("Whole", comparison, wanted);
        Assert.Equal(expected, FileSkipping.MayMatch(s_schema, ["whole"], [filter], PartitionValues.Of(("whole", value)), null));
    }

    [Fact]
    public void Of_several_conditions_one_is_enough_to_leave_a_file_out()
    {
        var filters = new[] { new RowFilter("whole", Comparison.Greater, "0"), new RowFilter("text", Comparison.Equal, "z") };
        Assert.False(FileSkipping.MayMatch(s_schema, [], filters, PartitionValues.None, Stats));
        Assert.True(FileSkipping.MayMatch(s_schema, [], filters[..1], PartitionValues.None, Stats));
        Assert.True(FileSkipping.MayMatch(s_schema, [], [], PartitionValues.None, Stats));
        Assert.Equal("true", FileSkipping.ToSql(s_schema, []));
        Assert.Equal("\"whole\" > CAST('0' AS INTEGER) AND \"text\" = CAST('z' AS VARCHAR)", FileSkipping.ToSql(s_schema, filters));
    }

    [Theory]
    [InlineData("nowhere", "1")]
    [InlineData("list", "1")]
    [InlineData("whole", "x")]
    [InlineData("whole", "1.5")]
    [InlineData("whole", null)]
    [InlineData("price", "0.0000001")]
    [InlineData("day", "2020-13-01")]
    [InlineData("instant", "soon")]
    public void A_condition_that_makes_no_sense_is_said(string column, string? value)
    {
        var filter = new RowFilter(column, Comparison.Equal, value);
        Assert.Throws<ConfigurationException>(() => filter.ToSql(s_schema));
        Assert.Throws<ConfigurationException>(() => FileSkipping.MayMatch(s_schema, [], [filter], PartitionValues.None, Stats));
    }

    /// <summary>The one thing that skipping must never do, against DuckDB's own answer on the rows.</summary>
    [Fact]
    public void No_file_with_a_row_that_matches_is_ever_left_out()
    {
        var schema = TypedRows.ComparableTypes;
        var fields = schema.Fields;
        using var table = new TestTable(schema);
        var skipped = 0;
        var filters = from row in TypedRows.RowOf(schema)
                      from column in Gen.Choose(0, fields.Length - 1)
                      from comparison in Gen.Elements(Enum.GetValues<Comparison>())
                      select (row[column], column, comparison);
        var cases = from rows in TypedRows.RowOf(schema).NonEmptyListOf() from wanted in filters.ArrayOf(40) select (rows, wanted);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var file = Assert.Single(table.Write(TypedRows.Select(schema, [.. one.rows])));
            var relation = table.Scan([file]).Relation;
            return one.wanted.All(wanted =>
            {
                var field = fields[wanted.column];
                var filter = new RowFilter(field.Name, wanted.comparison, TextOf(table, field.Type, wanted.Item1));
                if (filter.Value is null && wanted.comparison is not (Comparison.IsNull or Comparison.IsNotNull)) return true;
                if (FileSkipping.MayMatch(schema, [], [filter], file.PartitionValues, file.StatsJson)) return true;
                skipped++;
                return table.Count($"{relation} WHERE {filter.ToSql(schema)}") == 0;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
        Assert.True(skipped > 10, $"{skipped} files were left out in all: nothing was tested");
    }

    static string? TextOf(TestTable table, DeltaType type, string constant)
    {
        using var result = table.Connection.Query($"SELECT {PartitionSql.ToText(type, constant)}");
        return result.Read() ? result[0].Text(0) : null;
    }
}
