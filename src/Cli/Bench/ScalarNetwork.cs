using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli;

/// <summary>
/// The step as one would write it at first: plain loops over arrays of double. The reference of the step bench, used
/// nowhere else.
/// </summary>
sealed class ScalarNetwork
{
    readonly int _inputs;
    readonly int _hidden;
    readonly double[] _weights;
    readonly double[] _gradients;
    readonly double[] _first;
    readonly double[] _second;
    readonly double[] _active;
    long _steps;

    public ScalarNetwork(int inputs, int hidden, KeyedRandom random)
    {
        (_inputs, _hidden) = (inputs, hidden);
        _weights = new double[(inputs * hidden) + hidden + hidden + 1];
        for (var i = 0; i < inputs * hidden; i++) _weights[i] = (random.Uniform((uint)i) - 0.5) / 2;
        _gradients = new double[_weights.Length];
        _first = new double[_weights.Length];
        _second = new double[_weights.Length];
        _active = new double[hidden];
    }

    public void Step(float[] features, float[] targets)
    {
        Array.Clear(_gradients);
        for (var row = 0; row < targets.Length; row++) Accumulate(features.AsSpan(row * _inputs, _inputs), targets[row], targets.Length);
        var norm = Math.Sqrt(_gradients.Sum(gradient => gradient * gradient));
        var scale = norm > 1 ? 1 / norm : 1;
        _steps++;
        var (bias1, bias2) = (1 - Math.Pow(0.9, _steps), 1 - Math.Pow(0.999, _steps));
        for (var i = 0; i < _weights.Length; i++)
        {
            var gradient = _gradients[i] * scale;
            _first[i] = (0.9 * _first[i]) + (0.1 * gradient);
            _second[i] = (0.999 * _second[i]) + (0.001 * gradient * gradient);
            _weights[i] -= (1e-4 * _first[i] / bias1 / (Math.Sqrt(_second[i] / bias2) + 1e-8)) + (1e-5 * _weights[i]);
        }
    }

    /// <summary>Output for one row; the units' activations stay for the backward pass.</summary>
    public double Predict(ReadOnlySpan<float> features)
    {
        var (bias, last) = (_inputs * _hidden, (_inputs * _hidden) + _hidden);
        var output = _weights[last + _hidden];
        for (var unit = 0; unit < _hidden; unit++)
        {
            var sum = _weights[bias + unit];
            for (var i = 0; i < _inputs; i++) sum += _weights[(unit * _inputs) + i] * features[i];
            _active[unit] = Math.Max(0, sum);
            output += _weights[last + unit] * _active[unit];
        }

        return output;
    }

    void Accumulate(ReadOnlySpan<float> features, double target, int rows)
    {
        var (bias, last) = (_inputs * _hidden, (_inputs * _hidden) + _hidden);
        var error = Math.Clamp(Predict(features) - target, -1, 1) / rows;
        _gradients[last + _hidden] += error;
        for (var unit = 0; unit < _hidden; unit++)
        {
            _gradients[last + unit] += error * _active[unit];
            if (_active[unit] <= 0) continue;
            var back = error * _weights[last + unit];
            _gradients[bias + unit] += back;
            for (var i = 0; i < _inputs; i++) _gradients[(unit * _inputs) + i] += back * features[i];
        }
    }
}
