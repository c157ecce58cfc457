namespace Kafka.Stock.Learning.Tests;

/// <summary>Made-up bars, the same for the same seed.</summary>
static class SampleBars
{
    const long DayUs = 86_400_000_000;

    /// <summary>Standard normal numbers.</summary>
    public static double Normal(in KeyedRandom random, uint draw) => NormalDistribution.Quantile(random.Uniform(draw));

    /// <summary>A random walk with nights, ranges, volumes and changing volatility, from portable arithmetic only; each return =
    /// <paramref name="carry"/> times the last + noise.</summary>
    public static BarInput[] Walk(ulong seed, int count, double carry = 0)
    {
        var random = new KeyedRandom(seed, 77, 0);
        var bars = new BarInput[count];
        var close = 50.0;
        var last = 0.0;
        for (var i = 0; i < count; i++)
        {
            var draw = (uint)i * 8;
            var size = 0.01 * (0.5 + Math.Abs(i % 200 - 100) / 50.0);
            var open = close * PortableMath.Exp(0.4 * size * Normal(random, draw) + carry * last);
            var body = size * Normal(random, draw + 1);
            var next = open * PortableMath.Exp(body);
            var high = Math.Max(open, next) * PortableMath.Exp(0.5 * size * random.Uniform(draw + 2));
            var low = Math.Min(open, next) * PortableMath.Exp(-0.5 * size * random.Uniform(draw + 3));
            last = PortableMath.Log(next / close);
            close = next;
            var volume = Math.Floor(1e6 * PortableMath.Exp(0.3 * Normal(random, draw + 4)));
            bars[i] = new BarInput((i + 1) * DayUs, open, high, low, close, volume, i % 5 == 4);
        }

        return bars;
    }

    /// <summary>Features after each bar, bit for bit.</summary>
    public static float[][] Features(IEnumerable<BarInput> bars)
    {
        var state = new FeatureState(FeaturePipeline.PriceV1);
        return [.. bars.Select(bar =>
        {
            state.Add(bar);
            return Features(state);
        })];
    }

    public static float[] Features(FeatureState state)
    {
        var features = new float[state.Pipeline.Width];
        state.CopyFeatures(features);
        return features;
    }
}
