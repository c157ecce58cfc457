using System.Text;

namespace Kafka.Stock.Sources.Tests;

public sealed class FieldParserTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("38478000", 38_478_000)]
    [InlineData("38478000.0", 38_478_000)]
    [InlineData("1.5e6", 1_500_000)]
    [InlineData("1E3", 1_000)]
    [InlineData("3000000000", 3_000_000_000)]
    [InlineData("1000000000000000", 1_000_000_000_000_000)]
    public void Volumes_are_whole_numbers_in_any_spelling(string text, long expected)
    {
        Assert.True(FieldParser.TryVolume(Encoding.UTF8.GetBytes(text), out var volume), text);
        Assert.Equal(expected, volume);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1.5e0")]
    [InlineData("1,000")]
    [InlineData("12 ")]
    [InlineData("0x10")]
    [InlineData("infinity")]
    [InlineData("1e30")]
    [InlineData("1000000000000001")]
    public void Everything_else_is_no_volume(string text) => Assert.False(FieldParser.TryVolume(Encoding.UTF8.GetBytes(text), out _), text);

    [Theory]
    [InlineData("2000-02-29", true)]
    [InlineData("1900-02-29", false)]
    [InlineData("2000-2-29", false)]
    [InlineData("0000-01-01", false)]
    [InlineData("2000-03-01T24:00:00Z", false)]
    [InlineData("2000-03-01T00:00:00.Z", false)]
    [InlineData("2000-03-01T00:00:00.000000Z", true)]
    [InlineData("2000-03-01T00:00:00.1", false)]
    [InlineData("2000-03-01T00:00:00Zx", false)]
    [InlineData("2000-03-01T", false)]
    [InlineData("２０００-03-01", false)]
    public void Days_are_ISO_dates_or_timestamps_in_UTC(string text, bool valid) =>
        Assert.Equal(valid, FieldParser.TryDay(Encoding.UTF8.GetBytes(text), out _));
}
