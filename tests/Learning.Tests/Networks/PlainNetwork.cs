namespace Kafka.Stock.Learning.Tests;

/// <summary>The learning step written plainly, one number at a time, in the order that the kernel promises: its bits must be the
/// kernel's.</summary>
sealed class PlainNetwork(NetworkShape shape, float[] weights, AdamOptions options)
{
    const int Lanes = 8;

    readonly float[] _first = new float[weights.Length];
    readonly float[] _second = new float[weights.Length];
    double _power1 = 1;
    double _power2 = 1;

    public float[] Weights => weights;

    int Bias1 => shape.Inputs * shape.Hidden;

    int Weights2 => Bias1 + shape.Hidden;

    int Bias2 => Weights2 + shape.Hidden;

    public void Learn(float[] features, float[] targets)
    {
        var rows = targets.Length;
        var gradient = new float[weights.Length];
        for (var row = 0; row < rows; row++)
        {
            var x = features.AsSpan(row * shape.Inputs, shape.Inputs);
            var hidden = new float[shape.Hidden];
            for (var j = 0; j < shape.Hidden; j++)
            {
                var sum = weights[Bias1 + j];
                for (var i = 0; i < shape.Inputs; i++) sum = MathF.FusedMultiplyAdd(x[i], weights[j * shape.Inputs + i], sum);
                hidden[j] = sum < 0 ? 0 : sum;
            }

            var slope = Slope(Output(hidden), targets[row], rows);
            for (var j = 0; j < shape.Hidden; j++)
            {
                gradient[Weights2 + j] = MathF.FusedMultiplyAdd(slope, hidden[j], gradient[Weights2 + j]);
                var delta = hidden[j] > 0 ? slope * weights[Weights2 + j] : 0;
                gradient[Bias1 + j] += delta;
                for (var i = 0; i < shape.Inputs; i++)
                    gradient[j * shape.Inputs + i] = MathF.FusedMultiplyAdd(x[i], delta, gradient[j * shape.Inputs + i]);
            }

            gradient[Bias2] += slope;
        }

        Move(gradient);
    }

    float Output(float[] hidden)
    {
        var lanes = new float[Lanes];
        for (var j = 0; j < hidden.Length; j++)
            lanes[j % Lanes] = MathF.FusedMultiplyAdd(hidden[j], weights[Weights2 + j], lanes[j % Lanes]);
        return weights[Bias2] + (((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7])));
    }

    static float Slope(float output, float target, int rows)
    {
        var error = (double)output - Math.Clamp(target, -5f, 5f);
        return (float)(Math.Clamp(error, -1.0, 1.0) / rows);
    }

    void Move(float[] gradient)
    {
        _power1 *= options.Beta1;
        _power2 *= options.Beta2;
        var norm = Norm(gradient);
        var clip = (float)(norm > options.ClipNorm ? options.ClipNorm / (norm + 1e-6) : 1.0);
        var root = (float)(1 / Math.Sqrt(1 - _power2));
        var rate = -(float)(options.LearningRate / (1 - _power1));
        for (var i = 0; i < weights.Length; i++)
        {
            var slope = gradient[i] * clip;
            _first[i] = MathF.FusedMultiplyAdd((float)options.Beta1, _first[i], (float)(1 - options.Beta1) * slope);
            _second[i] = MathF.FusedMultiplyAdd((float)options.Beta2, _second[i], (float)(1 - options.Beta2) * slope * slope);
            if (Math.Abs(_first[i]) <= 1e-30f) _first[i] = 0;
            if (_second[i] <= 1e-36f) _second[i] = 0;
            var isWeight = i < Bias1 || (i >= Weights2 && i < Bias2);
            var keep = isWeight ? (float)(1 - options.LearningRate * options.WeightDecay) : 1f;
            var size = MathF.FusedMultiplyAdd(MathF.Sqrt(_second[i]), root, (float)options.Epsilon);
            weights[i] = MathF.FusedMultiplyAdd(rate, _first[i] / size, weights[i] * keep);
        }
    }

    /// <summary>Over the kernel's own layout: inputs outside, hidden units in lanes, each part padded to whole vectors.</summary>
    double Norm(float[] gradient)
    {
        var lanes = new double[Lanes];
        for (var i = 0; i < shape.Inputs; i++)
        {
            for (var j = 0; j < shape.Hidden; j++) Add(lanes, j, gradient[j * shape.Inputs + i]);
        }

        for (var j = 0; j < shape.Hidden; j++) Add(lanes, j, gradient[Bias1 + j]);
        for (var j = 0; j < shape.Hidden; j++) Add(lanes, j, gradient[Weights2 + j]);
        Add(lanes, 0, gradient[Bias2]);
        var four = Enumerable.Range(0, 4).Select(i => lanes[i] + lanes[i + 4]).ToArray();
        return Math.Sqrt((four[0] + four[2]) + (four[1] + four[3]));
    }

    static void Add(double[] lanes, int unit, double slope) =>
        lanes[unit % Lanes] = Math.FusedMultiplyAdd(slope, slope, lanes[unit % Lanes]);
}
