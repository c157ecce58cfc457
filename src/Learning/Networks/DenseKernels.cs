using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kafka.Stock.Learning;

/// <summary>Forward and backward pass of the network on flat arrays.</summary>
/// <remarks>Always eight lanes, whatever the machine has; every sum has one written order (bias first, then inputs rising; rows rising;
/// hidden units by lanes, lanes added pairwise) and every product-sum is a fused one: the same bits with and without vector
/// hardware.</remarks>
static class DenseKernels
{
    const int Tile = 4;

    /// <summary>Output of one row, nothing kept.</summary>
    public static float Output(in WeightLayout layout, ReadOnlySpan<float> weights, ReadOnlySpan<float> row)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var x = ref MemoryMarshal.GetReference(row);
        var sum = Vector256<float>.Zero;
        for (var j = 0; j < layout.Padded; j += WeightLayout.Lanes)
        {
            var unit = Load(ref w, layout.Bias1 + j);
            for (int i = 0, at = j; i < layout.Inputs; i++, at += layout.Padded) unit = Fma(Broadcast(ref x, i), Load(ref w, at), unit);
            sum = Fma(Rectify(unit), Load(ref w, layout.Weights2 + j), sum);
        }

        return weights[layout.Bias2] + Sum(sum);
    }

    /// <summary>Hidden units and outputs of all rows.</summary>
    /// <param name="layout">Where the weights lie.</param>
    /// <param name="weights">[layout.Length].</param>
    /// <param name="rows">[n x inputs].</param>
    /// <param name="hidden">Receives the rectified units, [n x padded].</param>
    /// <param name="outputs">Receives the outputs, [n].</param>
    public static void Forward(
        in WeightLayout layout, ReadOnlySpan<float> weights, ReadOnlySpan<float> rows, Span<float> hidden, Span<float> outputs)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var x = ref MemoryMarshal.GetReference(rows);
        ref var h = ref MemoryMarshal.GetReference(hidden);
        var row = 0;
        for (; row + Tile <= outputs.Length; row += Tile)
            HiddenOfFour(layout, ref w, ref Unsafe.Add(ref x, row * layout.Inputs), ref Unsafe.Add(ref h, row * layout.Padded));
        for (; row < outputs.Length; row++)
            HiddenOfOne(layout, ref w, ref Unsafe.Add(ref x, row * layout.Inputs), ref Unsafe.Add(ref h, row * layout.Padded));

        for (row = 0; row < outputs.Length; row++)
        {
            var sum = Vector256<float>.Zero;
            var at = row * layout.Padded;
            for (var j = 0; j < layout.Padded; j += WeightLayout.Lanes)
                sum = Fma(Load(ref h, at + j), Load(ref w, layout.Weights2 + j), sum);

            outputs[row] = weights[layout.Bias2] + Sum(sum);
        }
    }

    /// <summary>Gradient of the loss by all weights.</summary>
    /// <param name="layout">Where the weights lie.</param>
    /// <param name="weights">[layout.Length].</param>
    /// <param name="rows">[n x inputs].</param>
    /// <param name="hidden">[n x padded] from <see cref="Forward"/>; replaced by the gradients at the hidden units.</param>
    /// <param name="slopes">[n] dLoss/dOutput.</param>
    /// <param name="gradient">Receives the gradient, [layout.Length].</param>
    public static void Backward(
        in WeightLayout layout, ReadOnlySpan<float> weights, ReadOnlySpan<float> rows,
        Span<float> hidden, ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        OutputLayer(layout, weights, hidden, slopes, gradient);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var x = ref MemoryMarshal.GetReference(rows);
        ref var d = ref MemoryMarshal.GetReference(hidden);
        gradient[..layout.Bias1].Clear();
        var row = 0;
        for (; row + Tile <= slopes.Length; row += Tile)
            FirstLayerOfFour(layout, ref g, ref Unsafe.Add(ref x, row * layout.Inputs), ref Unsafe.Add(ref d, row * layout.Padded));
        for (; row < slopes.Length; row++)
            FirstLayerOfOne(layout, ref g, ref Unsafe.Add(ref x, row * layout.Inputs), ref Unsafe.Add(ref d, row * layout.Padded));
    }

    static void HiddenOfFour(in WeightLayout layout, ref float w, ref float x, ref float h)
    {
        var inputs = layout.Inputs;
        var padded = layout.Padded;
        for (var j = 0; j < padded; j += WeightLayout.Lanes)
        {
            var a = Load(ref w, layout.Bias1 + j);
            var (b, c, d) = (a, a, a);
            for (int i = 0, at = j; i < inputs; i++, at += padded)
            {
                var weight = Load(ref w, at);
                a = Fma(Broadcast(ref x, i), weight, a);
                b = Fma(Broadcast(ref x, inputs + i), weight, b);
                c = Fma(Broadcast(ref x, 2 * inputs + i), weight, c);
                d = Fma(Broadcast(ref x, 3 * inputs + i), weight, d);
            }

            Store(Rectify(a), ref h, j);
            Store(Rectify(b), ref h, padded + j);
            Store(Rectify(c), ref h, 2 * padded + j);
            Store(Rectify(d), ref h, 3 * padded + j);
        }
    }

    static void HiddenOfOne(in WeightLayout layout, ref float w, ref float x, ref float h)
    {
        for (var j = 0; j < layout.Padded; j += WeightLayout.Lanes)
        {
            var unit = Load(ref w, layout.Bias1 + j);
            for (int i = 0, at = j; i < layout.Inputs; i++, at += layout.Padded) unit = Fma(Broadcast(ref x, i), Load(ref w, at), unit);
            Store(Rectify(unit), ref h, j);
        }
    }

    /// <summary>Gradients of W2, b2 and b1; the hidden units become the gradients at their inputs.</summary>
    static void OutputLayer(
        in WeightLayout layout, ReadOnlySpan<float> weights, Span<float> hidden, ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var h = ref MemoryMarshal.GetReference(hidden);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        for (var j = 0; j < layout.Padded; j += WeightLayout.Lanes)
        {
            var weight = Load(ref w, layout.Weights2 + j);
            var (bias, output) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var row = 0; row < slopes.Length; row++)
            {
                var slope = Vector256.Create(slopes[row]);
                var unit = Load(ref h, row * layout.Padded + j);
                output = Fma(slope, unit, output);
                var delta = (slope * weight) & Vector256.GreaterThan(unit, Vector256<float>.Zero);
                bias += delta;
                Store(delta, ref h, row * layout.Padded + j);
            }

            Store(output, ref g, layout.Weights2 + j);
            Store(bias, ref g, layout.Bias1 + j);
        }

        var sum = 0f;
        foreach (var slope in slopes) sum += slope;
        gradient[layout.Bias2..].Clear();
        gradient[layout.Bias2] = sum;
    }

    static void FirstLayerOfFour(in WeightLayout layout, ref float g, ref float x, ref float d)
    {
        var inputs = layout.Inputs;
        var padded = layout.Padded;
        for (var j = 0; j < padded; j += WeightLayout.Lanes)
        {
            var first = Load(ref d, j);
            var second = Load(ref d, padded + j);
            var third = Load(ref d, 2 * padded + j);
            var fourth = Load(ref d, 3 * padded + j);
            for (int i = 0, at = j; i < inputs; i++, at += padded)
            {
                var sum = Fma(Broadcast(ref x, i), first, Load(ref g, at));
                sum = Fma(Broadcast(ref x, inputs + i), second, sum);
                sum = Fma(Broadcast(ref x, 2 * inputs + i), third, sum);
                Store(Fma(Broadcast(ref x, 3 * inputs + i), fourth, sum), ref g, at);
            }
        }
    }

    static void FirstLayerOfOne(in WeightLayout layout, ref float g, ref float x, ref float d)
    {
        for (var j = 0; j < layout.Padded; j += WeightLayout.Lanes)
        {
            var delta = Load(ref d, j);
            for (int i = 0, at = j; i < layout.Inputs; i++, at += layout.Padded)
                Store(Fma(Broadcast(ref x, i), delta, Load(ref g, at)), ref g, at);
        }
    }

    /// <summary>Negative numbers become 0; NaN stays, so that a bad row can't pass as a quiet one.</summary>
    static Vector256<float> Rectify(Vector256<float> x) => Vector256.AndNot(x, Vector256.LessThan(x, Vector256<float>.Zero));

    static float Sum(Vector256<float> x)
    {
        var half = x.GetLower() + x.GetUpper();
        return (half.GetElement(0) + half.GetElement(2)) + (half.GetElement(1) + half.GetElement(3));
    }

    static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    static Vector256<float> Load(ref float start, int at) => Vector256.LoadUnsafe(ref start, (nuint)at);

    static void Store(Vector256<float> value, ref float start, int at) => value.StoreUnsafe(ref start, (nuint)at);

    static Vector256<float> Broadcast(ref float start, int at) => Vector256.Create(Unsafe.Add(ref start, at));
}
