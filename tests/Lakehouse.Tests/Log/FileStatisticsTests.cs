namespace Kafka.Stock.Lakehouse.Tests;

public sealed class FileStatisticsTests
{
    [Theory]
    [InlineData("{\"numRecords\":42,\"minValues\":{}}", 42L)]
    [InlineData("{\"numRecords\":42}", 42L)]
    [InlineData("{ \"minValues\": {}, \"numRecords\": 7 }", 7L)]
    [InlineData("{\"numRecords\":4.5}", null)]
    [InlineData("{\"numRecords\":123456789012345678901}", null)]
    [InlineData("{\"numRecords\":", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Rows_are_read_where_they_are_said(string? json, long? rows) =>
        Assert.Equal((rows, rows), (FileStatistics.ReadNumRecords(json), FileStatistics.Read(json)?.NumRecords));

    [Fact]
    public void Bounds_and_nulls_are_found_by_column()
    {
        var stats = FileStatistics.Read(
            """
            {"numRecords":2,"minValues":{"a":1,"n":{"x":1}},"maxValues":{"a":2,"b":null},"nullCount":{"a":0,"n":{"x":1}}}
            """)!;
        Assert.Equal((1, 2, 0L), (stats.Min("a")?.GetInt32(), stats.Max("a")?.GetInt32(), stats.NullCount("a")));
        Assert.Equal((null, null, null), (stats.Min("n"), stats.Max("b"), stats.NullCount("n")));
    }
}
