using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kafka.Stock.Learning;

/// <summary>The norm of a gradient and one Adam step on flat arrays, whose lengths are multiples of 8.</summary>
static class AdamKernel
{
    // Moments below these are 0: they move nothing against epsilon, and subnormal numbers would slow every later step.
    const float FirstMin = 1e-30f;
    const float SecondMin = 1e-36f;

    /// <summary>Euclidean norm, added up in doubles by four lanes: NaN or infinite when an element is.</summary>
    public static double Norm(ReadOnlySpan<float> gradient)
    {
        ref var g = ref MemoryMarshal.GetReference(gradient);
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        for (var i = 0; i < gradient.Length; i += WeightLayout.Lanes)
        {
            var (a, b) = Vector256.Widen(Vector256.LoadUnsafe(ref g, (nuint)i));
            low = Vector256.FusedMultiplyAdd(a, a, low);
            high = Vector256.FusedMultiplyAdd(b, b, high);
        }

        var sum = low + high;
        return Math.Sqrt((sum.GetElement(0) + sum.GetElement(2)) + (sum.GetElement(1) + sum.GetElement(3)));
    }

    /// <summary>Moves a range of weights: w = w decay - rate m / (sqrt(v) root + epsilon), after both moments have taken the
    /// gradient.</summary>
    public static void Step(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float decay, in AdamRates rates)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var m = ref MemoryMarshal.GetReference(first);
        ref var v = ref MemoryMarshal.GetReference(second);
        var clip = Vector256.Create(rates.GradientFactor);
        var beta1 = Vector256.Create(rates.Beta1);
        var beta2 = Vector256.Create(rates.Beta2);
        var rest1 = Vector256.Create(rates.Rest1);
        var rest2 = Vector256.Create(rates.Rest2);
        var root = Vector256.Create(rates.RootFactor);
        var epsilon = Vector256.Create(rates.Epsilon);
        var rate = Vector256.Create(-rates.Rate);
        var keep = Vector256.Create(decay);
        var firstMin = Vector256.Create(FirstMin);
        var secondMin = Vector256.Create(SecondMin);
        for (nuint i = 0; i < (nuint)weights.Length; i += WeightLayout.Lanes)
        {
            var slope = Vector256.LoadUnsafe(ref g, i) * clip;
            var mean = Vector256.FusedMultiplyAdd(beta1, Vector256.LoadUnsafe(ref m, i), rest1 * slope);
            var square = Vector256.FusedMultiplyAdd(beta2, Vector256.LoadUnsafe(ref v, i), rest2 * slope * slope);
            mean &= Vector256.GreaterThan(Vector256.Abs(mean), firstMin);
            square &= Vector256.GreaterThan(square, secondMin);
            mean.StoreUnsafe(ref m, i);
            square.StoreUnsafe(ref v, i);
            var size = Vector256.FusedMultiplyAdd(Vector256.Sqrt(square), root, epsilon);
            Vector256.FusedMultiplyAdd(rate, mean / size, Vector256.LoadUnsafe(ref w, i) * keep).StoreUnsafe(ref w, i);
        }
    }
}
