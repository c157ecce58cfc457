namespace Kafka.Stock.BatchJob;

/// <summary>Ridge regression without an intercept, by its normal equations: the plainest model that a mistake can flatter.</summary>
static class LinearFit
{
    /// <summary>The weights w that minimise |y - X w|^2 + ridge |w|^2.</summary>
    /// <param name="rows">[n] rows of equal width.</param>
    /// <param name="targets">[n] what they should give.</param>
    /// <param name="ridge">Above 0.</param>
    public static double[] Of(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double ridge)
    {
        var width = rows[0].Length;
        var system = new double[width, width + 1];
        for (var i = 0; i < width; i++) system[i, i] = ridge;
        for (var n = 0; n < rows.Count; n++)
        {
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++) system[i, j] += rows[n][i] * rows[n][j];
                system[i, width] += rows[n][i] * targets[n];
            }
        }

        return Solve(system, width);
    }

    /// <summary>What weights say of a row.</summary>
    public static double Predict(double[] weights, double[] row)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * row[i];
        return sum;
    }

    /// <summary>Gauss-Jordan; the matrix is positive definite, so that no pivot is needed.</summary>
    static double[] Solve(double[,] system, int width)
    {
        for (var pivot = 0; pivot < width; pivot++)
        {
            var factor = 1 / system[pivot, pivot];
            for (var column = pivot; column <= width; column++) system[pivot, column] *= factor;
            for (var row = 0; row < width; row++)
            {
                if (row == pivot) continue;
                var times = system[row, pivot];
                for (var column = pivot; column <= width; column++) system[row, column] -= times * system[pivot, column];
            }
        }

        var weights = new double[width];
        for (var i = 0; i < width; i++) weights[i] = system[i, width];
        return weights;
    }
}
