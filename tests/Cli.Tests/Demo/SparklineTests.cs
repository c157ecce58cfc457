namespace Kafka.Stock.Cli.Tests;

public sealed class SparklineTests
{
    [Theory]
    [InlineData("", 4, "    ")]
    [InlineData("5", 4, "▅   ")]
    [InlineData("5 5 5", 3, "▅▅▅")]
    [InlineData("0 1 2 3 4 5 6 7", 8, "▁▂▃▄▅▆▇█")]
    [InlineData("0 9 9 1 9 0", 3, "█▁▁")]
    [InlineData("1 2", 0, "")]
    public void Each_character_is_the_last_value_of_its_share(string values, int width, string expected) =>
        Assert.Equal(expected, Sparkline.Draw([.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)], width));
}
