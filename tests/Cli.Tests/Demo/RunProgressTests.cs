namespace Kafka.Stock.Cli.Tests;

public sealed class RunProgressTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(0.01, null)]
    [InlineData(0.25, 30.0)]
    [InlineData(1, 0.0)]
    public void Time_left_goes_on_as_until_now_and_is_unknown_at_first(double done, double? seconds) =>
        Assert.Equal(seconds, new RunProgress(done, 500, 0, TimeSpan.FromSeconds(10)).Left?.TotalSeconds);

    [Fact]
    public void The_rate_is_over_all_the_time_and_0_before_any_has_passed()
    {
        Assert.Equal(50, new RunProgress(0.5, 500, 0, TimeSpan.FromSeconds(10)).Rate);
        Assert.Equal(0, new RunProgress(0, 500, 0, TimeSpan.Zero).Rate);
    }
}
