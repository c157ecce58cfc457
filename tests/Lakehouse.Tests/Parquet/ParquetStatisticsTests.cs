using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ParquetStatisticsTests
{
    [Fact]
    public void Count_bounds_and_nulls_of_each_flat_column()
    {
        var json = Statistics("""
            SELECT * FROM (VALUES
            ('b', 1, 1.5, 2.5, DATE '2020-01-02', TIMESTAMPTZ '2020-01-01 00:00:00.000001+00', true, 'x'::BLOB, [1]),
            ('a', -5, NULL, 0.1, DATE '2019-01-02', TIMESTAMPTZ '2020-01-01 00:00:00.002001+00', false, 'y'::BLOB, [2]))
            t(text, whole, price, number, day, instant, truth, bytes, list)
            """);
        Assert.Equal(
            """
            {"numRecords":2,
            "minValues":{"text":"a","whole":-5,"price":1.500000,"number":0.1,"day":"2019-01-02","instant":"2020-01-01T00:00:00.000Z"},
            "maxValues":{"text":"b","whole":1,"price":1.500000,"number":2.5,"day":"2020-01-02","instant":"2020-01-01T00:00:00.003Z"},
            "nullCount":{"text":0,"whole":0,"price":1,"number":0,"day":0,"instant":0,"truth":0,"bytes":0}}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void What_is_not_certain_is_left_out()
    {
        var json = JsonDocument.Parse(Statistics("""
            SELECT * FROM (VALUES
            (repeat('é', 40), NULL, 'nan'::DOUBLE, 'infinity'::DOUBLE, DATE '20000-01-01',
                TIMESTAMPTZ '9999-12-31 23:59:59.9999+00', NULL, NULL, NULL),
            (repeat('é', 33), NULL, 1, 2, DATE '2020-01-01', TIMESTAMPTZ '2020-01-01 00:00:00+00', NULL, NULL, NULL))
            t(text, whole, price, number, day, instant, truth, bytes, list)
            """, priceType: DeltaType.Float64)).RootElement;
        Assert.Equal(
            """{"text":"éééééééééééééééééééééééééééééééé","number":2,"day":"2020-01-01","instant":"2020-01-01T00:00:00.000Z"}""",
            json.GetProperty("minValues").GetRawText());
        Assert.Equal("{}", json.GetProperty("maxValues").GetRawText());
        Assert.Equal(2, json.GetProperty("nullCount").GetProperty("whole").GetInt64());
    }

    [Theory]
    [InlineData("2020-01-01 00:00:00+00", false, "2020-01-01T00:00:00.000Z")]
    [InlineData("2020-01-01 00:00:00+00", true, "2020-01-01T00:00:00.000Z")]
    [InlineData("1969-12-31 23:59:59.999999+00", false, "1969-12-31T23:59:59.999Z")]
    [InlineData("1969-12-31 23:59:59.999999+00", true, "1970-01-01T00:00:00.000Z")]
    [InlineData("0001-01-01 00:00:00+00", false, "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31 23:59:59.999+00", true, "9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31 23:59:59.9991+00", true, null)]
    [InlineData("0001-01-01 (BC) 00:00:00+00", false, null)]
    [InlineData("infinity", true, null)]
    public void An_instant_is_rounded_away_from_the_values(string text, bool up, string? expected) =>
        Assert.Equal(expected is null ? null : $"\"{expected}\"", ParquetStatistics.Bound(DeltaType.Timestamp, text, up));

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_text_beyond_32_characters_has_no_maximum(int length, bool has)
    {
        var text = string.Concat(Enumerable.Repeat("😀", length));
        Assert.Equal(has, ParquetStatistics.Bound(DeltaType.Text, text, up: true) is not null);
        var min = JsonSerializer.Deserialize<string>(ParquetStatistics.Bound(DeltaType.Text, text, up: false)!);
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", Math.Min(32, length))), min);
    }

    [Fact]
    public void A_float_is_bounded_whether_it_is_read_as_float_or_double()
    {
        var raw = ParquetStatistics.Bound(DeltaType.Float32, "0.1", up: true)!;
        Assert.True(double.Parse(raw) >= 0.1f);
        Assert.Equal(0.1f, float.Parse(raw));
    }

    [Fact]
    public void Bounds_hold_for_every_row_whatever_the_rows()
    {
        var schema = TypedRows.AllTypes;
        using var table = new TestTable(schema);
        Prop.ForAll(TypedRows.RowOf(schema).NonEmptyListOf().ToArbitrary(), rows =>
        {
            table.Connection.Execute($"CREATE OR REPLACE TABLE rows AS {TypedRows.Select(schema, [.. rows])}");
            var statistics = FileStatistics.Read(Assert.Single(table.Write("FROM rows")).StatsJson)!;
            var faults = string.Join(" + ", schema.Fields.Select(field => Faults(field, statistics)));
            return statistics.NumRecords == rows.Count && table.Test.Texts($"SELECT {faults} FROM rows").Single() == "0";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    /// <summary>An expression for the rows that a column's statistics deny.</summary>
    static string Faults(StructField field, FileStatistics statistics)
    {
        var name = Sql.Name(field.Name);
        var nulls = field.Type is PrimitiveType or DecimalType ? $"count(*) FILTER ({name} IS NULL)" : "0";
        var beyond = Beyond(statistics.Min(field.Name), "<") + Beyond(statistics.Max(field.Name), ">");
        return $"({nulls} != {statistics.NullCount(field.Name) ?? 0})::INT{beyond}";

        string Beyond(JsonElement? bound, string sign) => bound is not { } json
            ? ""
            : $" + count(*) FILTER ({name} {sign} CAST({Sql.Literal(json.ToString())} AS {ParquetType.SqlOf(field.Type)}))";
    }

    static string Statistics(string select, DeltaType? priceType = null)
    {
        using var table = new TestTable(new StructType(
        [
            new StructField("text", DeltaType.Text),
            new StructField("whole", DeltaType.Int32),
            new StructField("price", priceType ?? new DecimalType(18, 6)),
            new StructField("number", DeltaType.Float64),
            new StructField("day", DeltaType.Date),
            new StructField("instant", DeltaType.Timestamp),
            new StructField("truth", DeltaType.Truth),
            new StructField("bytes", DeltaType.Binary),
            new StructField("list", new ArrayType(DeltaType.Int32, ContainsNull: true)),
        ]));
        return Assert.Single(table.Write(select)).StatsJson!;
    }
}
