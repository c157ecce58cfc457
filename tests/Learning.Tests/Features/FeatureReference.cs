namespace Kafka.Stock.Learning.Tests;

/// <summary>Features worked out from the whole list of bars, straight from the formulas of the design page and with this machine's
/// library.</summary>
static class FeatureReference
{
    public static double[] Features(IReadOnlyList<BarInput> bars, int t)
    {
        var r = Enumerable.Range(0, t + 1).Select(i => i == 0 ? 0 : Math.Log(bars[i].Close / bars[i - 1].Close)).ToArray();
        var (rv, high, low) = Ranges(bars, t);
        var s = Math.Max(Mean(rv, 0.94), 1e-4);
        double Sum(int h) => Enumerable.Range(0, h).Sum(ago => r[t - ago]) / (s * Math.Sqrt(h));
        var mean = Enumerable.Range(0, 30).Average(ago => bars[t - ago].Close);
        var volumes = Enumerable.Range(0, t + 1).Select(i => Math.Log(1 + bars[i].Volume)).ToArray();
        var bar = bars[t];
        double[] raw =
        [
            r[t] / s, r[t - 1] / s, r[t - 2] / s, r[t - 3] / s, r[t - 4] / s, Sum(5), Sum(10), Sum(20), Sum(60),
            Math.Log(bar.Open / bars[t - 1].Close) / s, Math.Log(bar.Close / bar.Open) / s,
            high == low ? 0 : (2 * bar.Close - high - low) / (high - low), (Math.Log(bar.Close) - Math.Log(mean)) / (3 * s),
            Math.Log(rv[t] / s), Math.Log(Mean(rv, 0.8) / Mean(rv, 0.98)), volumes[t] - Mean(volumes, 0.95), bar.IsFriday ? 1 : 0,
        ];
        return [.. raw.Select(x => Math.Clamp(x, -4, 4))];
    }

    public static double[] VolatilityInputs(IReadOnlyList<BarInput> bars, int t)
    {
        var (rv, _, _) = Ranges(bars, t);
        var r = Enumerable.Range(1, t).Select(i => Math.Log(bars[i].Close / bars[i - 1].Close)).ToArray();
        double E(double decay) => Math.Log(Math.Max(Mean(rv, decay), 1e-4));
        return [E(0.6), E(0.86), E(0.96), Math.Clamp(Mean(r, 0.8) / Mean(rv, 0.96), -2, 0)];
    }

    /// <summary>Range volatility of every bar, and the cleaned high and low of the last.</summary>
    public static (double[] Volatility, double High, double Low) Ranges(IReadOnlyList<BarInput> bars, int t)
    {
        var volatility = new double[t + 1];
        double q = 0, high = 0, low = 0;
        for (var i = 0; i <= t; i++)
        {
            var bar = bars[i];
            var body = Math.Abs(Math.Log(bar.Close / bar.Open));
            var up = Math.Log(bar.High / Math.Max(bar.Open, bar.Close));
            var down = Math.Log(Math.Min(bar.Open, bar.Close) / bar.Low);
            if (i == 0) q = Math.Min(Math.Max(up + down + body, 0.005), 0.05);
            up = Math.Min(up, 5 * q + body);
            down = Math.Min(down, 5 * q + body);
            q = 0.95 * q + 0.05 * Math.Min(up + down + body, 6 * q);
            high = Math.Max(bar.Open, bar.Close) * Math.Exp(up);
            low = Math.Min(bar.Open, bar.Close) * Math.Exp(-down);
            var night = i == 0 ? 0 : Math.Log(bar.Open / bars[i - 1].Close);
            volatility[i] = Math.Sqrt(night * night + Math.Pow(Math.Log(high / low), 2) / (4 * Math.Log(2)));
        }

        return (volatility, high, low);
    }

    /// <summary>Weighted mean with weights decay^age, the closed form of the running one.</summary>
    static double Mean(double[] values, double decay)
    {
        double sum = 0, weights = 0;
        for (var age = 0; age < values.Length; age++)
        {
            sum += Math.Pow(decay, age) * values[^(age + 1)];
            weights += Math.Pow(decay, age);
        }

        return sum / weights;
    }
}
