namespace Kafka.Stock.Learning;

/// <summary>A network that learns: weights, Adam's moments, counts of steps.</summary>
/// <remarks>Not for several threads. No allocation after construction. Kingma and Ba 2015, algorithm 1, with decoupled weight decay
/// (Loshchilov and Hutter 2019) and the global norm of the gradient clipped (Pascanu et al. 2013).</remarks>
public sealed class NetworkLearner
{
    /// <summary>Largest target, either way, in z units.</summary>
    public const float TargetMax = 5f;

    const int Layout = 0x314E_4E4C;
    const double ClipGuard = 1e-6;
    const double PowerMin = 1e-30;

    readonly LearnerScratch _scratch;
    readonly float[] _first;
    readonly float[] _second;
    double _beta1Power = 1.0;
    double _beta2Power = 1.0;

    /// <summary>Makes a learner that has taken no step.</summary>
    /// <param name="network">Taken over: it changes in place.</param>
    /// <param name="options">How it learns.</param>
    /// <param name="scratch">Working memory of the same shape.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the shapes differ.</exception>
    public NetworkLearner(Network network, AdamOptions options, LearnerScratch scratch)
    {
        if (scratch.Shape != network.Shape)
            throw new ArgumentException($"found {scratch.Shape}; expected {network.Shape}", nameof(scratch));
        Network = network;
        Options = options.Validated();
        _scratch = scratch;
        _first = new float[network.Layout.Length];
        _second = new float[network.Layout.Length];
    }

    /// <summary>The network, as it stands now.</summary>
    public Network Network { get; }

    /// <summary>How it learns.</summary>
    public AdamOptions Options { get; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps skipped because loss or gradient weren't finite.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Bytes of its saved state: three floats a weight and 44.</summary>
    public int StateBytes => 3 * sizeof(int) + 3 * Network.Shape.WeightCount * sizeof(float) + 2 * sizeof(long) + 2 * sizeof(double);

    /// <summary>One step on a batch: forward, loss, backward, clip, Adam.</summary>
    /// <param name="features">[n x inputs].</param>
    /// <param name="targets">[n] in z units, clipped to +-5 here; n up to the scratch's largest batch.</param>
    /// <exception cref="ArgumentException">The lengths don't belong together, or the batch is too large.</exception>
    public StepResult Learn(ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
    {
        var count = targets.Length;
        if (features.Length != count * Network.Shape.Inputs)
            throw new ArgumentException($"found {features.Length} features; expected {Network.Shape.Inputs} for each of {count} rows",
                nameof(features));
        if (count > _scratch.BatchRowsMax)
            throw new ArgumentException($"found {count} rows; expected at most {_scratch.BatchRowsMax}", nameof(targets));
        if (count == 0) return default;

        ref readonly var layout = ref Network.Layout;
        var hidden = _scratch.Hidden.AsSpan(0, count * layout.Padded);
        var outputs = _scratch.Outputs.AsSpan(0, count);
        DenseKernels.Forward(layout, Network.Weights, features, hidden, outputs);
        var loss = LossAndSlopes(targets, outputs);
        DenseKernels.Backward(layout, Network.Weights, features, hidden, outputs, _scratch.Gradient);
        var norm = AdamKernel.Norm(_scratch.Gradient);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            SkippedSteps++;
            return new StepResult(false, loss, norm);
        }

        Move(norm);
        return new StepResult(true, loss, norm);
    }

    /// <summary>Mean loss of rows as the network stands; nothing is learnt.</summary>
    /// <param name="features">[n x inputs], n of any size.</param>
    /// <param name="targets">[n] in z units, clipped to +-5 here.</param>
    /// <returns>0 without rows.</returns>
    /// <exception cref="ArgumentException">The lengths don't belong together.</exception>
    public double Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
    {
        if (features.Length != targets.Length * Network.Shape.Inputs)
            throw new ArgumentException(
                $"found {features.Length} features; expected {Network.Shape.Inputs} for each of {targets.Length} rows",
                nameof(features));

        var sum = 0.0;
        for (var from = 0; from < targets.Length; from += _scratch.BatchRowsMax)
        {
            var count = Math.Min(_scratch.BatchRowsMax, targets.Length - from);
            var outputs = _scratch.Outputs.AsSpan(0, count);
            var rows = features.Slice(from * Network.Shape.Inputs, count * Network.Shape.Inputs);
            DenseKernels.Forward(Network.Layout, Network.Weights, rows, _scratch.Hidden, outputs);
            sum += LossAndSlopes(targets.Slice(from, count), outputs) * count;
        }

        return targets.Length > 0 ? sum / targets.Length : 0.0;
    }

    /// <summary>The network's forecast for a row: see <see cref="Network.Predict"/>.</summary>
    public float Predict(ReadOnlySpan<float> features) => Network.Predict(features);

    /// <summary>Writes Adam's moments in the order of <see cref="Network.CopyWeights"/>.</summary>
    public void CopyMoments(Span<float> first, Span<float> second)
    {
        Network.Layout.Unpad(_first, first);
        Network.Layout.Unpad(_second, second);
    }

    /// <summary>Takes over moments that another learner left, as after that many steps.</summary>
    /// <exception cref="ArgumentException">A length isn't the number of weights, a number isn't finite, or the count is
    /// negative.</exception>
    public void RestoreMoments(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long steps)
    {
        if (first.Length != Network.Shape.WeightCount || second.Length != first.Length)
            throw new ArgumentException($"expected {Network.Shape.WeightCount} moments", nameof(first));
        if (steps < 0) throw new ArgumentException("expected a count not below 0", nameof(steps));
        for (var i = 0; i < first.Length; i++)
        {
            if (!float.IsFinite(first[i]) || !(second[i] >= 0 && float.IsFinite(second[i])))
                throw new ArgumentException(
                    $"found moments {first[i]}, {second[i]} of weight {i}; expected finite ones, the second not below 0",
                    nameof(first));
        }

        Network.Layout.Pad(first, _first);
        Network.Layout.Pad(second, _second);
        Steps = steps;
        (_beta1Power, _beta2Power) = (1.0, 1.0);
        for (var step = 0L; step < steps && (_beta1Power > 0 || _beta2Power > 0); step++) NextPowers();
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(Network.Shape.Inputs);
        writer.Int32(Network.Shape.Hidden);
        Network.Layout.Write(ref writer, Network.Weights);
        Network.Layout.Write(ref writer, _first);
        Network.Layout.Write(ref writer, _second);
        writer.Int64(Steps);
        writer.Int64(SkippedSteps);
        writer.Double(_beta1Power);
        writer.Double(_beta2Power);
    }

    /// <summary>Restores what <see cref="Write"/> saved of a learner of the same shape.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another shape.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "learner");
        reader.Expect(Network.Shape.Inputs, "inputs");
        reader.Expect(Network.Shape.Hidden, "hidden units");
        Network.Layout.Read(ref reader, Network.Weights);
        Network.Layout.Read(ref reader, _first);
        Network.Layout.Read(ref reader, _second);
        Steps = reader.Int64();
        SkippedSteps = reader.Int64();
        _beta1Power = reader.Double();
        _beta2Power = reader.Double();
    }

    /// <summary>Mean loss; the outputs become their slopes.</summary>
    double LossAndSlopes(ReadOnlySpan<float> targets, Span<float> outputs)
    {
        var delta = Options.HuberDelta;
        var huber = Options.Loss == LossKind.Huber;
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            var error = (double)outputs[i] - Math.Clamp(targets[i], -TargetMax, TargetMax);
            var size = Math.Abs(error);
            var linear = huber && size > delta;
            var slope = huber ? error : 2.0 * error;
            sum += linear ? delta * (size - 0.5 * delta) : 0.5 * slope * error;
            outputs[i] = (float)((linear ? Math.CopySign(delta, error) : slope) / targets.Length);
        }

        return sum / targets.Length;
    }

    void Move(double norm)
    {
        Steps++;
        NextPowers();
        var clip = norm > Options.ClipNorm ? Options.ClipNorm / (norm + ClipGuard) : 1.0;
        var rates = new AdamRates(
            (float)clip, (float)Options.Beta1, (float)Options.Beta2, (float)(1.0 - Options.Beta1), (float)(1.0 - Options.Beta2),
            (float)(1.0 / Math.Sqrt(1.0 - _beta2Power)), (float)Options.Epsilon, (float)(Options.LearningRate / (1.0 - _beta1Power)));
        var decay = (float)(1.0 - Options.LearningRate * Options.WeightDecay);
        ref readonly var layout = ref Network.Layout;
        MoveRange(0, layout.Bias1, decay, rates);
        MoveRange(layout.Bias1, layout.Weights2, 1f, rates);
        MoveRange(layout.Weights2, layout.Bias2, decay, rates);
        MoveRange(layout.Bias2, layout.Length, 1f, rates);
    }

    void MoveRange(int from, int to, float decay, in AdamRates rates) => AdamKernel.Step(
        Network.Weights[from..to], _scratch.Gradient.AsSpan(from..to), _first.AsSpan(from..to), _second.AsSpan(from..to), decay, rates);

    /// <summary>Powers of the betas after one more step; 0 once they no longer count, because subnormal numbers are slow.</summary>
    void NextPowers()
    {
        _beta1Power = _beta1Power > PowerMin ? _beta1Power * Options.Beta1 : 0.0;
        _beta2Power = _beta2Power > PowerMin ? _beta2Power * Options.Beta2 : 0.0;
    }
}
