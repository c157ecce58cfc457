using System.Text;

namespace Kafka.Stock.Sources.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(SampleParser.Daily, "2000-03-{0:00},29.64,33.015,29.625,32.5775,38478000.0")]
    [InlineData(SampleParser.Minute, "13811328{0:00}0000,29.64,33.015,29.625,32.5775,38478000")]
    [InlineData(SampleParser.Trades, "15724379484533152{0:00},AMD,32.59,50,31988")]
    [InlineData(SampleParser.Trades, "15724379484533152{0:00},amd,NaN,50,31988")]
    public void Reading_a_line_right_or_wrong_allocates_nothing(string header, string line)
    {
        var parser = SampleParser.Of(header);
        var lines = Enumerable.Range(1, 31).Select(i => Encoding.UTF8.GetBytes(string.Format(line, i))).ToArray();
        foreach (var bytes in lines) parser.Parse(bytes, out _); // symbols are kept from here on

        var second = SampleParser.Of(header);
        second.Parse(lines[0], out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bytes in lines) second.Parse(bytes, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
