namespace Kafka.Stock.Learning.Tests;

public sealed class VolatilityScaleTests
{
    [Fact]
    public void Until_200_rows_the_running_scale_speaks()
    {
        var scale = new VolatilityScale();
        for (var i = 0u; i < 400; i++)
        {
            var sigma = scale.Step(Inputs(i), 0.01, 0.0123);
            Assert.Equal(i < 200, sigma == 0.0123);
        }

        Assert.Equal(399, scale.Rows);
    }

    [Fact]
    public void It_finds_planted_coefficients()
    {
        double[] planted = [-0.4, 0.3, 0.1, 0.5, -0.2];
        var scale = new VolatilityScale();
        var label = 0.0;
        for (var i = 0u; i < 20_000; i++)
        {
            var inputs = Inputs(i);
            scale.Step(inputs, Math.Exp(label), 0.01);
            label = planted[0];
            for (var k = 0; k < 4; k++) label += planted[k + 1] * inputs[k];
            label += 0.1 * SampleBars.Normal(new KeyedRandom(5, 5, 5), i);
        }

        for (var k = 0; k < 5; k++) Assert.Equal(planted[k], scale.Coefficients[k], 0.03);
    }

    /// <summary>Without forgetting recursive least squares is ridge regression; few rows make the forgetting small.</summary>
    [Fact]
    public void Few_rows_agree_with_ridge_regression()
    {
        var regression = new RecursiveLeastSquares(3, 1.0, 1.0);
        var gram = new double[3, 4];
        for (var i = 0; i < 3; i++) gram[i, i] = 1;
        for (var i = 0u; i < 50; i++)
        {
            var inputs = Inputs(i);
            double[] row = [1, inputs[0], inputs[1]];
            var label = inputs[2];
            regression.Learn(row, label);
            for (var a = 0; a < 3; a++)
            {
                for (var b = 0; b < 3; b++) gram[a, b] += row[a] * row[b];
                gram[a, 3] += row[a] * label;
            }
        }

        var expected = Solve(gram);
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], regression.Coefficients[i], 1e-9);
    }

    [Fact]
    public void Standing_still_for_long_does_not_wind_it_up()
    {
        var scale = new VolatilityScale();
        double[] still = [-9, -9, -9, 0];
        for (var i = 0; i < 200_000; i++) scale.Step(still, 1e-4, 0.01);
        var sigma = scale.Step(Inputs(1), 0.02, 0.01);
        Assert.InRange(sigma, 1e-4, 10);
        for (var i = 0u; i < 5000; i++) sigma = scale.Step(Inputs(i), 0.02, 0.01);
        Assert.Equal(0.02, sigma, 0.004);
    }

    [Fact]
    public void It_learns_this_bar_from_the_inputs_of_the_bar_before_only()
    {
        var (a, b) = (new VolatilityScale(), new VolatilityScale());
        for (var i = 0u; i < 300; i++)
        {
            a.Step(Inputs(i), 0.01 + i * 1e-5, 0.01);
            b.Step(Inputs(i), 0.01 + i * 1e-5, 0.01);
        }

        b.Break();
        var next = a.Step(Inputs(300), 0.5, 0.01);
        Assert.NotEqual(next, b.Step(Inputs(300), 0.5, 0.01));
        Assert.Equal((300, 299), (a.Rows, b.Rows));
    }

    [Fact]
    public void Wild_labels_give_a_scale_in_range()
    {
        var scale = new VolatilityScale();
        double[] labels = [0, double.NaN, 13.8, 1e300, 1e-300, double.PositiveInfinity];
        for (var i = 0u; i < 2000; i++) Assert.InRange(scale.Step(Inputs(i), labels[i % 6], 0.01), 1e-4, 10.0);
        Assert.Throws<ArgumentException>(() => scale.Step([0, 0, double.NaN, 0], 0.01, 0.01));
        Assert.Throws<ArgumentException>(() => scale.Step([0, 0, 0], 0.01, 0.01));
    }

    [Fact]
    public void A_bar_allocates_nothing()
    {
        var scale = new VolatilityScale();
        var inputs = Inputs(1);
        for (var i = 0; i < 300; i++) scale.Step(inputs, 0.01, 0.01);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300; i++) scale.Step(inputs, 0.01, 0.01);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static double[] Inputs(uint bar)
    {
        var random = new KeyedRandom(11, 12, bar);
        return [-4 + random.Uniform(0), -4 + random.Uniform(1), -4 + random.Uniform(2), -random.Uniform(3)];
    }

    /// <summary>Gauss-Jordan on a symmetric positive matrix with the right side beside it.</summary>
    static double[] Solve(double[,] system)
    {
        var size = system.GetLength(0);
        for (var pivot = 0; pivot < size; pivot++)
        {
            for (var row = 0; row < size; row++)
            {
                if (row == pivot) continue;
                var factor = system[row, pivot] / system[pivot, pivot];
                for (var column = 0; column <= size; column++) system[row, column] -= factor * system[pivot, column];
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => system[i, size] / system[i, i])];
    }
}
