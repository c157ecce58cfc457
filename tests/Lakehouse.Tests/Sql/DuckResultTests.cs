namespace Kafka.Stock.Lakehouse.Tests;

public sealed class DuckResultTests : IDisposable
{
    readonly TestDatabase _test = new();

    [Fact]
    public void The_library_is_the_version_that_was_prepared() => Assert.Equal("v1.5.5", DuckDatabase.LibraryVersion);

    [Fact]
    public void Numbers_are_read_at_both_ends_of_their_range()
    {
        using var result = _test.Connection.Query("""
            SELECT * FROM (VALUES
                (true, (-128)::TINYINT, (-32768)::SMALLINT, (-2147483648)::INTEGER, (-9223372036854775808)::BIGINT),
                (false, 127::TINYINT, 32767::SMALLINT, 2147483647::INTEGER, 9223372036854775807::BIGINT))
            """);
        Assert.True(result.Read());
        Assert.Equal(2, result.RowCount);
        Assert.Equal([true, false], result[0].Values<bool>());
        Assert.Equal([sbyte.MinValue, sbyte.MaxValue], result[1].Values<sbyte>());
        Assert.Equal([short.MinValue, short.MaxValue], result[2].Values<short>());
        Assert.Equal([int.MinValue, int.MaxValue], result[3].Values<int>());
        Assert.Equal([long.MinValue, long.MaxValue], result[4].Values<long>());
        Assert.False(result.Read());
        Assert.False(result.Read());
    }

    [Fact]
    public void Unsigned_and_huge_numbers_are_read()
    {
        using var result = _test.Connection.Query("""
            SELECT 255::UTINYINT, 65535::USMALLINT, 4294967295::UINTEGER, 18446744073709551615::UBIGINT,
                170141183460469231731687303715884105727::HUGEINT, (-170141183460469231731687303715884105728)::HUGEINT
            """);
        Assert.True(result.Read());
        Assert.Equal(byte.MaxValue, result[0].Whole(0));
        Assert.Equal(ushort.MaxValue, result[1].Whole(0));
        Assert.Equal(uint.MaxValue, result[2].Whole(0));
        Assert.Equal(ulong.MaxValue, result[3].Whole(0));
        Assert.Equal(Int128.MaxValue, result[4].Whole(0));
        Assert.Equal(Int128.MinValue, result[5].Whole(0));
        Assert.Equal([Int128.MaxValue], result[4].Values<Int128>());
    }

    [Fact]
    public void Floats_keep_their_bits()
    {
        using var result = _test.Connection.Query("SELECT 'nan'::DOUBLE, '-inf'::FLOAT, 4.9e-324::DOUBLE, '-0.0'::DOUBLE, 0.1::FLOAT");
        Assert.True(result.Read());
        Assert.True(double.IsNaN(result[0].Values<double>()[0]));
        Assert.Equal(float.NegativeInfinity, result[1].Values<float>()[0]);
        Assert.Equal(double.Epsilon, result[2].Values<double>()[0]);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(result[3].Values<double>()[0]));
        Assert.Equal(0.1f, result[4].Values<float>()[0]);
    }

    [Theory]
    [InlineData(4, 2, DuckType.SmallInt)]
    [InlineData(9, 2, DuckType.Integer)]
    [InlineData(18, 2, DuckType.BigInt)]
    [InlineData(38, 2, DuckType.HugeInt)]
    public void Decimals_of_every_width_are_counts_of_units(int precision, int scale, DuckType storage)
    {
        var digits = new string('9', precision - scale);
        using var result = _test.Connection.Query($"SELECT (-{digits}.99)::DECIMAL({precision},{scale})");
        Assert.Equal(new DuckColumn(result.Columns[0].Name, DuckType.Decimal, storage, precision, scale), result.Columns[0]);
        Assert.True(result.Read());
        Assert.Equal(-Int128.Parse(digits + "99"), result[0].Whole(0));
    }

    [Fact]
    public void Dates_and_instants_are_counts_since_1970_in_UTC()
    {
        using var result = _test.Connection.Query("""
            SELECT '1969-12-31'::DATE, '2020-01-02 03:04:05.678901'::TIMESTAMPTZ, '2020-01-02 03:04:05.678'::TIMESTAMP_MS,
                '2020-01-02 03:04:05.678901234'::TIMESTAMP_NS, '2020-01-02 03:04:05'::TIMESTAMP_S, '1900-01-01'::TIMESTAMP
            """);
        Assert.True(result.Read());
        Assert.Equal(-1, result[0].Values<int>()[0]);
        Assert.Equal(1577934245678901, result[1].Values<long>()[0]);
        Assert.Equal(1577934245678, result[2].Values<long>()[0]);
        Assert.Equal(1577934245678901234, result[3].Values<long>()[0]);
        Assert.Equal(1577934245, result[4].Values<long>()[0]);
        Assert.Equal(-2208988800000000, result[5].Values<long>()[0]);
        Assert.Equal(DuckType.TimestampTz, result.Columns[1].Type);
    }

    [Fact]
    public void Texts_and_blobs_of_any_length_keep_their_bytes()
    {
        foreach (var length in new[] { 0, 1, 11, 12, 13, 100_000 })
        {
            using var result = _test.Connection.Query($"SELECT repeat('x', {length}), repeat('\\x00\\xFF'::BLOB, {length}), 'é€😀'");
            Assert.True(result.Read());
            Assert.Equal(new string('x', length), result[0].Text(0));
            Assert.Equal(Enumerable.Range(0, 2 * length).Select(i => (byte)(i % 2 * 255)), result[1].Bytes(0).ToArray());
            Assert.Equal("é€😀", result[2].Text(0));
        }
    }

    [Fact]
    public void Nulls_are_told_from_values_over_all_chunks()
    {
        using var result = _test.Connection.Query(
            "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END, i, CASE WHEN i % 3 = 0 THEN NULL ELSE i::VARCHAR END FROM range(10000) t(i)");
        var rows = 0;
        while (result.Read())
        {
            Assert.True(result[1].HasNoNulls);
            for (var row = 0; row < result.RowCount; row++, rows++)
            {
                Assert.Equal(rows, result[1].Values<long>()[row]);
                Assert.Equal(rows % 3 == 0, result[0].IsNull(row));
                Assert.Equal(rows % 3 == 0 ? null : $"{rows}", result[2].Text(row));
                Assert.Equal(rows % 3 == 0, result[2].Bytes(row).IsEmpty);
            }
        }

        Assert.Equal(10000, rows);
    }

    [Fact]
    public void Nested_values_come_as_JSON()
    {
        using var result = _test.Connection.Query("SELECT to_json({a: [1, NULL], b: MAP {'k': 1.5::DECIMAL(18,6)}})");
        Assert.True(result.Read());
        Assert.Equal("""{"a":[1,null],"b":{"k":1.500000}}""", result[0].Text(0));
    }

    [Fact]
    public void Lists_structs_and_maps_are_walked_in_their_vectors()
    {
        using var result = _test.Connection.Query("""
            SELECT * FROM (VALUES
                ([1, NULL, 3], {name: 'x', deep: [7]}, MAP {'k': 10, 'l': 20}),
                (NULL, NULL, NULL),
                ([], {name: NULL, deep: [8, 9]}, MAP {}))
            """);
        Assert.True(result.Read());
        var ranges = new List<Range> { result[0].ElementsOf(0), result[0].ElementsOf(1), result[0].ElementsOf(2) };
        Assert.Equal([0..3, default, 3..3], ranges);
        Assert.Equal(1, result[0].Elements.Whole(0));
        Assert.True(result[0].Elements.IsNull(1));
        Assert.Equal("name", result[1].Field(0).Column.Name);
        Assert.Equal("x", result[1].Field(0).Text(0));
        Assert.True(result[1].IsNull(1));
        var deep = result[1].Field(1);
        Assert.Equal(9, deep.Elements.Whole(deep.ElementsOf(2).End.Value - 1));
        Assert.Equal(0..2, result[2].ElementsOf(0));
        Assert.Equal("k", result[2].Elements.Field(0).Text(0));
        Assert.Equal("l", result[2].Elements.Field(0).Text(1));
        Assert.Equal(20, result[2].Elements.Field(1).Whole(1));
        Assert.Throws<InvalidOperationException>(() => result[1].Elements.RowCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => result[1].Field(2).RowCount);
        Assert.Throws<InvalidOperationException>(() => result[0].Field(0).RowCount);
    }

    [Fact]
    public void A_result_streams_and_needs_memory_for_a_chunk_only()
    {
        using var small = new TestDatabase(DuckOptions.MemoryLimitBytesMin);
        using var result = small.Connection.Query("SELECT i, i * 2, repeat('x', 100) FROM range(5_000_000) t(i)");
        var rows = 0L;
        while (result.Read()) rows += result.RowCount;
        Assert.Equal(5_000_000, rows);
        Assert.Empty(Directory.Exists(small.PathTo("temp")) ? Directory.GetFiles(small.PathTo("temp")) : []);
    }

    [Fact]
    public void A_column_is_not_read_as_another_size()
    {
        using var result = _test.Connection.Query("SELECT 1::INTEGER AS one, 'x' AS text");
        Assert.Throws<InvalidOperationException>(() => result[0].IsNull(0));
        Assert.True(result.Read());
        Assert.Throws<InvalidOperationException>(() => result[0].Values<long>().Length);
        Assert.Throws<InvalidOperationException>(() => result[0].Text(0));
        Assert.Throws<InvalidOperationException>(() => result[1].Whole(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => result[2].RowCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => result[0].IsNull(1));
    }

    public void Dispose() => _test.Dispose();
}
