namespace Kafka.Stock.Learning.Tests;

public sealed class StudentDistributionTests
{
    /// <summary>Closed forms for few degrees of freedom (Abramowitz and Stegun 26.7).</summary>
    [Fact]
    public void Few_degrees_agree_with_closed_forms()
    {
        foreach (var t in new[] { -30.0, -2.5, -1, -0.1, 0, 1e-6, 0.5, 1, 3, 12, 400 })
        {
            Assert.Equal(0.5 + Math.Atan(t) / Math.PI, StudentDistribution.Cumulative(t, 1), 1e-12);
            Assert.Equal(0.5 + t / (2 * Math.Sqrt(2 + t * t)), StudentDistribution.Cumulative(t, 2), 1e-12);
            var u = t / Math.Sqrt(3);
            Assert.Equal(0.5 + (u / (1 + u * u) + Math.Atan(u)) / Math.PI, StudentDistribution.Cumulative(t, 3), 1e-12);
            var v = 1 + t * t / 4;
            Assert.Equal(0.5 + 0.375 * t / Math.Sqrt(v) * (1 - t * t / (12 * v)), StudentDistribution.Cumulative(t, 4), 1e-12);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(62)]
    [InlineData(249)]
    [InlineData(4999)]
    public void Many_degrees_agree_with_the_integral_of_the_density(int degrees)
    {
        double Density(double x) => Math.Exp(-0.5 * (degrees + 1) * Math.Log(1 + x * x / degrees));
        var half = Simpson(Density, 0, 40);
        foreach (var t in new[] { -3.0, -1, 0.2, 1.96, 2.6, 4 })
            Assert.Equal(0.5 + 0.5 * Simpson(Density, 0, t) / half, StudentDistribution.Cumulative(t, degrees), 1e-10);
    }

    [Fact]
    public void Edges_are_defined()
    {
        Assert.Equal(1.0, StudentDistribution.Cumulative(double.PositiveInfinity, 5));
        Assert.Equal(0.0, StudentDistribution.Cumulative(-1e300, 5));
        Assert.Equal(0.5, StudentDistribution.Cumulative(0, 5));
        Assert.True(double.IsNaN(StudentDistribution.Cumulative(double.NaN, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.Cumulative(1, 0));
    }

    static double Simpson(Func<double, double> f, double from, double to)
    {
        const int Parts = 20_000;
        var step = (to - from) / Parts;
        var sum = f(from) + f(to);
        for (var i = 1; i < Parts; i++) sum += f(from + i * step) * (i % 2 == 1 ? 4 : 2);
        return sum * step / 3;
    }
}
