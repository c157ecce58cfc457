using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ParquetTypeTests
{
    [Fact]
    public void Every_primitive_of_the_protocol_is_in_the_table_once() => Assert.Equal(
        DeltaType.Primitives.Select(type => type.Name).Order(StringComparer.Ordinal),
        ParquetType.All.Select(row => row.Delta.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_SQL_calls_a_type_is_what_results_call_it()
    {
        using var test = new TestDatabase();
        foreach (var row in ParquetType.All)
        {
            using var result = test.Connection.Query($"SELECT CAST(NULL AS {row.Sql})");
            Assert.Equal(row.Column, result.Columns[0].Type);
            Assert.Equal(row.Delta, ParquetType.DeltaOf(result.Columns[0]));
        }
    }

    [Fact]
    public void Nested_types_are_written_out()
    {
        var nested = new StructType([new StructField("a \"b\"", new DecimalType(18, 6)), new StructField("t", DeltaType.Timestamp)]);
        var type = new MapType(DeltaType.Text, new ArrayType(nested, ContainsNull: true), ValueContainsNull: true);
        Assert.Equal("MAP(VARCHAR, STRUCT(\"a \"\"b\"\"\" DECIMAL(18,6), \"t\" TIMESTAMPTZ)[])", ParquetType.SqlOf(type));
        using var test = new TestDatabase();
        Assert.Equal(["∅"], test.Texts($"SELECT CAST(NULL AS {ParquetType.SqlOf(type)})"));
    }

    [Fact]
    public void A_decimal_keeps_precision_and_scale()
    {
        using var test = new TestDatabase();
        using var result = test.Connection.Query("SELECT 1::DECIMAL(25,7), 1::HUGEINT, 1::UINTEGER, TIMESTAMP '2020-01-01'");
        Assert.Equal(new DecimalType(25, 7), ParquetType.DeltaOf(result.Columns[0]));
        Assert.All(result.Columns.Skip(1), column => Assert.Null(ParquetType.DeltaOf(column)));
    }

    [Fact]
    public void A_type_of_a_later_protocol_is_refused_by_name() => Assert.Contains(
        "timestamp_ntz", Assert.Throws<RefusedException>(() => ParquetType.SqlOf(new PrimitiveType("timestamp_ntz"))).Message);
}
