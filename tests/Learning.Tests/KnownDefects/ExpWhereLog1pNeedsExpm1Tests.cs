namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: the target is log1p(close), and the forecast is turned back by exp instead of expm1: one
/// dollar too much, always.</summary>
public sealed class ExpWhereLog1pNeedsExpm1Tests
{
    static readonly double[] s_closes = [0.01, 0.5, 1, 4.2, 10, 99.99, 1234.5, 500_000];

    [Fact]
    public void The_mistake_makes_a_perfect_forecast_wrong_by_one_dollar() =>
        Assert.All(s_closes, close => Assert.Equal(1.0, PortableMath.Exp(PortableMath.Log1p(close)) - close, 1e-9));

    [Fact]
    public void On_a_cheap_stock_it_is_worse_than_ten_naive_forecasts()
    {
        var bars = SampleBars.Walk(1, 400).Select(bar => bar.Close / 10).ToArray();
        var naive = Enumerable.Range(1, 399).Average(t => Math.Abs(bars[t] - bars[t - 1]));
        var mistake = Enumerable.Range(1, 399).Average(t => Math.Abs(bars[t] - PortableMath.Exp(PortableMath.Log1p(bars[t - 1]))));
        Assert.True(mistake > 10 * naive, $"mistake {mistake}, naive {naive}");
    }

    [Fact]
    public void Ours_comes_back_to_the_last_digits() =>
        Assert.All(s_closes, close => Assert.Equal(close, PortableMath.Expm1(PortableMath.Log1p(close)), close * 1e-14));

    /// <summary>A forecast of ours is a log return: a return of 0 is the last close itself.</summary>
    [Fact]
    public void A_return_of_zero_is_the_last_close() =>
        Assert.All(s_closes, close => Assert.Equal(close, close * PortableMath.Exp(0.0)));
}
