namespace Kafka.Stock.BatchJob;

/// <summary>A linear model on its way down the squared error of its rows, a step at a time.</summary>
sealed class Descent
{
    readonly double[][] _rows;
    readonly double[] _targets;
    readonly double _rate;
    double[] _weights;

    public Descent(IReadOnlyList<LeakRow> rows, Func<LeakRow, double[]> features)
    {
        _rows = [.. rows.Select(features)];
        _targets = [.. rows.Select(row => row.Target)];
        _weights = new double[_rows[0].Length];
        // Below the inverse of the largest curvature, which the trace bounds.
        _rate = _rows.Length / _rows.Sum(row => row.Sum(value => value * value));
    }

    /// <summary>As they stand; a step makes new ones.</summary>
    public double[] Weights => _weights;

    public void Step()
    {
        var gradient = new double[_weights.Length];
        for (var n = 0; n < _rows.Length; n++)
        {
            var error = LinearFit.Predict(_weights, _rows[n]) - _targets[n];
            for (var i = 0; i < gradient.Length; i++) gradient[i] += error * _rows[n][i] / _rows.Length;
        }

        _weights = [.. _weights.Select((weight, i) => weight - (_rate * gradient[i]))];
    }
}
