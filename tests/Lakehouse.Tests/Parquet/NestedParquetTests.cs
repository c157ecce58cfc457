using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Nested columns as another program reads them: DuckDB, whose reader shares nothing with the writer.</summary>
public sealed class NestedParquetTests : IDisposable
{
    static readonly ImmutableArray<ParquetNode> s_schema =
    [
        ParquetNode.Text("text"),
        ParquetNode.Struct(
            "outer", ParquetNode.Column("number", ParquetPrimitive.Int64), ParquetNode.TextMap("map"), ParquetNode.TextList("list"),
            ParquetNode.Struct(
                "inner", ParquetNode.Column("flag", ParquetPrimitive.Bool), ParquetNode.Column("small", ParquetPrimitive.Int32))),
    ];

    readonly TestDatabase _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Each_level_that_is_missing_is_missing_there()
    {
        Write(file =>
        {
            file["text"].Text(0, "only a text");
            var (keys, values) = (file["outer.map.key_value.key"], file["outer.map.key_value.value"]);
            file["outer.number"].Int64(2, null);
            keys.Missing(2, definition: 1);
            values.Missing(2, definition: 1);
            file["outer.list.list.element"].Missing(2, definition: 2);
            file["outer.inner.flag"].Missing(2, definition: 1);
            file["outer.inner.small"].Missing(2, definition: 1);
            file["outer.number"].Int64(3, long.MinValue);
            foreach (var (key, value) in new[] { ("a", "1"), ("ü'\"", null), ("", "") })
            {
                keys.Text(3, key);
                values.Text(3, value);
            }

            file["outer.list.list.element"].Text(3, "x");
            file["outer.list.list.element"].Text(3, null);
            file["outer.inner.flag"].Bool(3, true);
            file["outer.inner.small"].Int32(3, -7);
            file.EndGroup(5);
        });
        Assert.Equal(
            [
                "only a text|∅", "∅|∅",
                "∅|{'number': NULL, 'map': NULL, 'list': [], 'inner': NULL}",
                "∅|{'number': -9223372036854775808,"
                    + " 'map': {a=1, 'ü\\'\"'=NULL, ''=''}, 'list': [x, NULL], 'inner': {'flag': true, 'small': -7}}",
                "∅|∅",
            ],
            _test.Texts($"SELECT text, \"outer\"::VARCHAR FROM {File}"));
    }

    [Fact]
    public void Types_and_names_are_those_of_the_schema()
    {
        Write(file => file.EndGroup(1));
        Assert.Equal(
            [
                "text|VARCHAR",
                "outer|STRUCT(number BIGINT, map MAP(VARCHAR, VARCHAR), list VARCHAR[], inner STRUCT(flag BOOLEAN, small INTEGER))",
            ],
            _test.Texts($"SELECT column_name, replace(column_type, '\"', '') FROM (DESCRIBE SELECT * FROM {File})"));
        Assert.Equal(["SNAPPY"], _test.Texts($"SELECT DISTINCT compression FROM parquet_metadata({Sql.Literal(Path)})"));
    }

    [Fact]
    public void No_row_makes_a_file_that_has_its_columns()
    {
        Write(_ => { });
        Assert.Equal(["0"], _test.Texts($"SELECT count(*) FROM {File}"));
    }

    /// <summary>Several row groups of more rows than a run's or a vector's, with gaps of any length and values of any.</summary>
    [Fact]
    public void Many_rows_in_several_groups_come_back()
    {
        var draws = new Draws(11);
        var expected = new List<string>();
        Write(file =>
        {
            foreach (var rows in new[] { 1, 7, 5_000, 20_000 })
            {
                for (var row = 0; row < rows; row++) expected.Add(AddRow(file, row, draws));
                file.EndGroup(rows);
            }
        });
        const string Entries = "array_to_string(map_entries(\"outer\".map), ';')";
        Assert.Equal(
            expected,
            _test.Texts(
                $"SELECT text, \"outer\".number, \"outer\".\"inner\".flag, {Entries}, array_to_string(\"outer\".list, ';') FROM {File}"));
    }

    /// <summary>Gives the row as text, too.</summary>
    static string AddRow(NestedParquet file, int row, Draws draws)
    {
        var text = draws.Next(3) == 0 ? null : new string((char)('a' + draws.Next(26)), draws.Next(40));
        if (draws.Next(4) != 0 || text is not null) file["text"].Text(row, text);
        if (draws.Next(3) == 0) return $"{text ?? "∅"}|∅|∅|∅|∅";
        long? number = draws.Next(4) == 0 ? null : draws.NextLong();
        var flag = draws.Next(2) == 0;
        var entries = Enumerable.Range(0, draws.Next(4)).Select(i => (Key: $"k{i}", Value: $"v{draws.Next(1000)}")).ToList();
        var list = Enumerable.Range(0, draws.Next(3)).Select(_ => $"e{draws.Next(10)}").ToList();
        file["outer.number"].Int64(row, number);
        file["outer.inner.flag"].Bool(row, flag);
        file["outer.inner.small"].Int32(row, 1);
        var (keys, values, elements) = (
            file["outer.map.key_value.key"], file["outer.map.key_value.value"], file["outer.list.list.element"]);
        foreach (var (key, value) in entries)
        {
            keys.Text(row, key);
            values.Text(row, value);
        }

        if (entries.Count == 0)
        {
            keys.Missing(row, definition: 2);
            values.Missing(row, definition: 2);
        }

        foreach (var element in list) elements.Text(row, element);
        if (list.Count == 0) elements.Missing(row, definition: 2);
        var map = string.Join(';', entries.Select(entry => $"{{'key': {entry.Key}, 'value': {entry.Value}}}"));
        return $"{text ?? "∅"}|{number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "∅"}"
            + $"|{(flag ? "true" : "false")}|{map}|{string.Join(';', list)}";
    }

    string Path => _test.PathTo("nested.parquet");

    string File => $"read_parquet({Sql.Literal(Path)})";

    void Write(Action<NestedParquet> fill)
    {
        using var target = System.IO.File.Create(Path);
        var file = new NestedParquet(target, s_schema);
        fill(file);
        file.Complete();
    }
}
