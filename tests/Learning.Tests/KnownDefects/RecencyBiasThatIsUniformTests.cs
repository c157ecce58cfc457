namespace Kafka.Stock.Learning.Tests;

/// <summary>A known defect of hand-made systems: weights that fall with age are worked out, and the draw doesn't use them.</summary>
public sealed class RecencyBiasThatIsUniformTests
{
    const int Available = 300;
    const int Cells = 30;
    const int Trials = 20_000;
    const double Lambda = 0.01;

    // 29 degrees of freedom, p = .0005 in the upper tail.
    const double Critical = 61.0;

    [Fact]
    public void The_mistake_draws_rows_twice_as_old_and_the_chi_square_test_finds_it()
    {
        var ages = Draws(UniformAge);
        Assert.Equal(149.5, ages.Average(), 3.0);
        Assert.True(ChiSquare(ages) > 10 * Critical);
    }

    [Fact]
    public void Ours_falls_with_age_as_promised()
    {
        var ages = Draws(OurAge);
        var expected = Enumerable.Range(0, Available).Sum(age => age * Share(age, age + 1));
        Assert.InRange(expected, 70, 90);
        Assert.Equal(expected, ages.Average(), 2.5);
        Assert.True(ChiSquare(ages) < Critical, $"chi-square {ChiSquare(ages)}");
    }

    static int[] Draws(Func<ulong, int> draw) => [.. Enumerable.Range(0, Trials).Select(bar => draw((ulong)bar))];

    static int UniformAge(ulong bar) => (int)(new KeyedRandom(1, 2, bar).Uniform(0) * Available);

    static int OurAge(ulong bar)
    {
        Span<int> age = stackalloc int[1];
        ReplaySampler.Draw(new KeyedRandom(1, 2, bar), Available, 1, Lambda, age);
        return age[0];
    }

    static double ChiSquare(int[] ages)
    {
        const int Width = Available / Cells;
        return Enumerable.Range(0, Cells).Sum(cell =>
        {
            var expected = Trials * Share(cell * Width, (cell + 1) * Width);
            return Math.Pow(ages.Count(age => age / Width == cell) - expected, 2) / expected;
        });
    }

    /// <summary>Share of e^(-lambda age) between two ages.</summary>
    static double Share(int from, int to) =>
        (Math.Exp(-Lambda * from) - Math.Exp(-Lambda * to)) / (1 - Math.Exp(-Lambda * Available));
}
