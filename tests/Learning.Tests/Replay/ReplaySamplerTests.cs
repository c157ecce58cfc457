namespace Kafka.Stock.Learning.Tests;

/// <summary>The sampler is recency-biased as promised.</summary>
public sealed class ReplaySamplerTests
{
    const int Available = 300;
    const int Cells = 30;
    const int Trials = 60_000;

    // 29 degrees of freedom, p = .0005 in the upper tail.
    const double Critical = 61.0;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.003)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    public void Single_draws_have_the_truncated_geometric_distribution(double lambda) =>
        Assert.True(ChiSquare(Counts(lambda), lambda) < Critical, $"chi-square {ChiSquare(Counts(lambda), lambda)}");

    /// <summary>All 20 sets of 3 from 6: drawing again on repeats is drawing one after the other without replacement.</summary>
    [Fact]
    public void Sets_have_the_probabilities_of_drawing_without_replacement()
    {
        const double Lambda = 0.5;
        const int Rows = 6;
        var weights = Enumerable.Range(0, Rows).Select(age => Math.Exp(-Lambda * age)).ToArray();
        var expected = new Dictionary<string, double>();
        foreach (var order in Orders(Rows))
        {
            var left = weights.Sum();
            var p = 1.0;
            foreach (var age in order)
            {
                p *= weights[age] / left;
                left -= weights[age];
            }

            var key = string.Join(' ', order.OrderDescending());
            expected[key] = expected.GetValueOrDefault(key) + p;
        }

        var counts = expected.Keys.ToDictionary(key => key, _ => 0);
        Span<int> ages = stackalloc int[3];
        for (var bar = 0UL; bar < Trials; bar++)
        {
            Assert.Equal(3, ReplaySampler.Draw(new KeyedRandom(1, 2, bar), Rows, 3, Lambda, ages));
            counts[string.Join(' ', ages.ToArray())]++;
        }

        var chiSquare = expected.Sum(pair => Math.Pow(counts[pair.Key] - Trials * pair.Value, 2) / (Trials * pair.Value));
        Assert.True(chiSquare < 46.0, $"chi-square {chiSquare}"); // 19 degrees of freedom, p = .0005
    }

    /// <summary>With 7 of 8 wanted nearly every draw is a repeat: the scan must have the same distribution, here of the age left
    /// out.</summary>
    [Fact]
    public void The_scan_after_many_repeats_keeps_the_distribution()
    {
        const double Lambda = 2.0;
        var weights = Enumerable.Range(0, 4).Select(age => Math.Exp(-Lambda * age)).ToArray();
        var oldestLeftOut = 0;
        Span<int> ages = stackalloc int[3];
        for (var bar = 0UL; bar < Trials; bar++)
        {
            ReplaySampler.Draw(new KeyedRandom(3, 2, bar), 4, 3, Lambda, ages);
            if (ages[0] == 2) oldestLeftOut++;
        }

        var p = Permutations([0, 1, 2]).Sum(order =>
            weights[order[0]] / weights.Sum() * weights[order[1]] / (weights.Sum() - weights[order[0]])
            * weights[order[2]] / (weights.Sum() - weights[order[0]] - weights[order[1]]));
        Assert.InRange((oldestLeftOut - Trials * p) / Math.Sqrt(Trials * p * (1 - p)), -3.5, 3.5);
    }

    [Theory]
    [InlineData(300, 299, 50.0)]
    [InlineData(300, 299, 1e300)]
    [InlineData(300, 299, 5e-324)]
    [InlineData(300, 150, 1.0)]
    [InlineData(100_000, 3, 1e-9)]
    [InlineData(2, 1, 0.0)]
    public void Draws_end_and_are_different_ages_oldest_first(int available, int wanted, double lambda)
    {
        var ages = new int[wanted];
        for (var bar = 0UL; bar < 20; bar++)
        {
            Assert.Equal(wanted, ReplaySampler.Draw(new KeyedRandom(1, 9, bar), available, wanted, lambda, ages));
            Assert.Equal(ages.Distinct().OrderDescending(), ages);
            Assert.InRange(ages[0], 0, available - 1);
            Assert.InRange(ages[^1], 0, available - 1);
        }
    }

    [Fact]
    public void All_rows_are_given_where_there_are_no_more_than_wanted()
    {
        var ages = new int[5];
        Assert.Equal(3, ReplaySampler.Draw(default, 3, 5, 0.01, ages));
        Assert.Equal([2, 1, 0], ages[..3]);
        Assert.Equal(0, ReplaySampler.Draw(default, 0, 3, 0.01, ages));
        Assert.Equal(0, ReplaySampler.Draw(default, 7, 0, 0.01, []));
    }

    [Fact]
    public void The_same_key_draws_the_same_and_another_bar_draws_otherwise()
    {
        int[] a = new int[3], b = new int[3], c = new int[3];
        ReplaySampler.Draw(new KeyedRandom(1, 2, 3), Available, 3, 0.01, a);
        ReplaySampler.Draw(new KeyedRandom(1, 2, 3), Available, 3, 0.01, b);
        ReplaySampler.Draw(new KeyedRandom(1, 2, 4), Available, 3, 0.01, c);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
    }

    [Theory]
    [InlineData(-1, 1, 0.01)]
    [InlineData(5, -1, 0.01)]
    [InlineData(5, 3, -0.01)]
    [InlineData(5, 3, double.NaN)]
    [InlineData(5, 3, double.PositiveInfinity)]
    [InlineData(9, 8, 0.01)]
    public void What_makes_no_sense_is_refused(int available, int wanted, double lambda) =>
        Assert.Throws<ArgumentException>(() => ReplaySampler.Draw(default, available, wanted, lambda, new int[7]));

    static int[] Counts(double lambda)
    {
        var counts = new int[Cells];
        Span<int> age = stackalloc int[1];
        for (var bar = 0UL; bar < Trials; bar++)
        {
            ReplaySampler.Draw(new KeyedRandom(1, 2, bar), Available, 1, lambda, age);
            counts[age[0] / (Available / Cells)]++;
        }

        return counts;
    }

    static double ChiSquare(int[] counts, double lambda)
    {
        var weights = Enumerable.Range(0, Available).Select(age => Math.Exp(-lambda * age)).ToArray();
        var sum = 0.0;
        for (var cell = 0; cell < Cells; cell++)
        {
            var share = weights.AsSpan(cell * Available / Cells, Available / Cells).ToArray().Sum() / weights.Sum();
            if (Trials * share >= 1) sum += Math.Pow(counts[cell] - Trials * share, 2) / (Trials * share);
        }

        return sum;
    }

    static IEnumerable<int[]> Orders(int rows) =>
        from a in Enumerable.Range(0, rows)
        from b in Enumerable.Range(0, rows)
        from c in Enumerable.Range(0, rows)
        where a != b && b != c && a != c
        select new[] { a, b, c };

    static IEnumerable<int[]> Permutations(int[] items) => Orders(items.Length);
}
