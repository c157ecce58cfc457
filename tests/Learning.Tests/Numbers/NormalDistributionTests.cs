namespace Kafka.Stock.Learning.Tests;

public sealed class NormalDistributionTests
{
    /// <summary>Published values (Abramowitz and Stegun, table 26; further digits by 60-digit arithmetic).</summary>
    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 0.84134474606854293)]
    [InlineData(-1.0, 0.15865525393145705)]
    [InlineData(-3.0, 0.0013498980316300946)]
    [InlineData(-5.0, 2.8665157187919391e-07)]
    [InlineData(-10.0, 7.6198530241605261e-24)]
    public void Cumulative_agrees_with_tables(double x, double expected) =>
        Assert.Equal(1.0, NormalDistribution.Cumulative(x) / expected, 1e-12);

    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.0005, -3.2905267314918945)]
    public void Quantile_agrees_with_tables(double probability, double expected) =>
        Assert.Equal(expected, NormalDistribution.Quantile(probability), 1e-13);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Quantile_refuses_what_is_no_probability(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(probability));

    [Fact]
    public void Edges_are_defined()
    {
        Assert.Equal(1.0, NormalDistribution.Cumulative(double.PositiveInfinity));
        Assert.Equal(0.0, NormalDistribution.Cumulative(double.NegativeInfinity));
        Assert.True(double.IsNaN(NormalDistribution.Cumulative(double.NaN)));
    }
}
