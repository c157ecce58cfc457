using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Leaks;

public sealed class LinearFitTests
{
    const double Ridge = 1e-9;

    [Fact]
    public void Planted_weights_are_found_again() => Prop.ForAll(
        Gen.Choose(1, 8).ToArbitrary(), ArbMap.Default.ArbFor<ulong>(), (width, seed) =>
        {
            var random = new KeyedRandom(seed, 1, 0);
            double[] planted = [.. Enumerable.Range(0, width).Select(i => (4 * random.Uniform((uint)i)) - 2)];
            var rows = Rows(seed, count: 10 * width, width);
            var found = LinearFit.Of(rows, [.. rows.Select(row => LinearFit.Predict(planted, row))], Ridge);
            Assert.All(planted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }).QuickCheckThrowOnFailure();

    [Theory, InlineData(1.0), InlineData(10.0), InlineData(1_000.0)]
    public void At_the_minimum_the_residual_and_the_ridge_are_in_balance(double ridge)
    {
        var rows = Rows(seed: 5, count: 60, width: 4);
        var random = new KeyedRandom(6, 2, 0);
        double[] targets = [.. rows.Select((_, i) => random.Uniform((uint)i) - 0.5)];
        var weights = LinearFit.Of(rows, targets, ridge);
        for (var i = 0; i < weights.Length; i++)
        {
            var gradient = ridge * weights[i];
            for (var n = 0; n < rows.Count; n++) gradient += rows[n][i] * (LinearFit.Predict(weights, rows[n]) - targets[n]);
            Assert.Equal(0, gradient, 1e-9);
        }
    }

    [Fact]
    public void A_larger_ridge_gives_smaller_weights()
    {
        var rows = Rows(seed: 7, count: 50, width: 3);
        double[] targets = [.. rows.Select(row => row[0] - row[2])];
        var norms = new[] { 0.01, 1, 100, 10_000 }
            .Select(ridge => LinearFit.Of(rows, targets, ridge).Sum(weight => weight * weight)).ToList();
        Assert.Equal(norms.OrderDescending(), norms);
        Assert.True(norms[^1] < 1e-3 * norms[0]);
    }

    [Fact]
    public void A_descent_never_climbs_and_ends_at_the_fit()
    {
        var rows = Rows(seed: 9, count: 80, width: 3);
        var random = new KeyedRandom(10, 3, 0);
        List<LeakRow> leakRows = [.. rows.Select((row, i) => new LeakRow(
            0, row, 0, row[0] - (0.5 * row[1]) + (0.1 * random.Uniform((uint)i)), 1, 100, 100, 0, 0, 0))];
        var descent = new Descent(leakRows, row => row.Features);
        var before = Loss(descent.Weights);
        for (var step = 0; step < 2_000; step++)
        {
            descent.Step();
            var loss = Loss(descent.Weights);
            Assert.True(loss <= before + 1e-15, $"step {step}: {loss} after {before}");
            before = loss;
        }

        var fit = LinearFit.Of(rows, [.. leakRows.Select(row => row.Target)], Ridge);
        Assert.All(fit.Zip(descent.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

        double Loss(double[] weights) => leakRows.Sum(row => Math.Pow(LinearFit.Predict(weights, row.Features) - row.Target, 2));
    }

    [Fact]
    public void Weights_that_were_kept_are_not_changed_by_a_later_step()
    {
        var rows = Rows(seed: 11, count: 20, width: 2);
        var descent = new Descent([.. rows.Select(row => new LeakRow(0, row, 0, 1, 1, 1, 1, 0, 0, 0))], row => row.Features);
        descent.Step();
        var kept = descent.Weights;
        double[] copy = [.. kept];
        descent.Step();
        Assert.Equal(copy, kept);
        Assert.NotEqual(copy, descent.Weights);
    }

    static List<double[]> Rows(ulong seed, int count, int width)
    {
        var random = new KeyedRandom(seed, 99, 0);
        return [.. Enumerable.Range(0, count).Select(n => Row(random, n, width))];
    }

    static double[] Row(KeyedRandom random, int n, int width) =>
        [.. Enumerable.Range(0, width).Select(i => random.Uniform((uint)((n * width) + i)) - 0.5)];
}
