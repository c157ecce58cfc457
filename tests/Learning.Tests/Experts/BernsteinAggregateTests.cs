using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Learning.Tests;

public sealed class BernsteinAggregateTests
{
    [Fact]
    public void Weights_are_uniform_until_all_experts_have_differed()
    {
        var aggregate = new BernsteinAggregate(3);
        aggregate.Learn([0, 0, 0], 1);
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], Weights(aggregate));
        Assert.Equal(0.2, aggregate.Forecast([0, 0.2, 0.4]), 1e-15);
        aggregate.Learn([0, 0.1, 0.5], 1);
        Assert.DoesNotContain(1.0 / 3, Weights(aggregate));
    }

    /// <summary>The formulas of the design page, written a second time with lists and this machine's library.</summary>
    [Fact]
    public void Weights_are_those_of_the_formulas()
    {
        const int K = 5;
        var aggregate = new BernsteinAggregate(K);
        double[] m = new double[K], v = new double[K], eta = new double[K], cumulated = new double[K];
        double[] w = [.. Enumerable.Repeat(1.0 / K, K)];
        for (var t = 0UL; t < 2000; t++)
        {
            var (x, z) = Round(t, K, 0);
            var served = Enumerable.Range(0, K).Sum(k => w[k] * x[k]);
            Assert.Equal(served, aggregate.Forecast(x), 1e-9);
            aggregate.Learn(x, z);
            for (var k = 0; k < K; k++)
            {
                var l = Math.Sign(served - z) * (x[k] - served);
                m[k] = Math.Max(m[k], Math.Abs(l));
                var e = Math.Pow(2, Math.Ceiling(Math.Log2(m[k])) + 1);
                v[k] += l * l;
                cumulated[k] += (l * (1 + eta[k] * l) + (eta[k] * l > 0.5 ? e : 0)) / 2;
                eta[k] = Math.Min(1 / e, Math.Sqrt(Math.Log(K) / v[k]));
            }

            var raw = Enumerable.Range(0, K).Select(k => eta[k] * Math.Exp(-eta[k] * cumulated[k])).ToArray();
            w = [.. raw.Select(x => x / raw.Sum())];
            for (var k = 0; k < K; k++) Assert.Equal(w[k], aggregate.Weight(k), 1e-9);
        }
    }

    /// <summary>The promise that is watched live: noise, one good expert, experts that swap roles, ranges that jump by a
    /// thousand.</summary>
    [Fact]
    public void Regret_stays_under_its_bound_whatever_comes() =>
        Prop.ForAll(
            Gen.Choose(0, 4).Zip(Gen.Choose(1, 100_000)).Zip(Gen.Choose(2, 7)).ToArbitrary(),
            plan =>
            {
                var ((kind, seed), experts) = plan;
                var aggregate = new BernsteinAggregate(experts);
                for (var t = 0UL; t < 1500; t++)
                {
                    var (x, z) = Round((ulong)seed * 10_000 + t, experts, kind);
                    if (kind == 4) z = aggregate.Forecast(x) > 0 ? -1 : 1; // an adversary who sees the forecast
                    aggregate.Learn(x, z);
                    for (var k = 0; k < experts; k++)
                    {
                        if (!(aggregate.Regret(k) <= aggregate.RegretBound(k) + 1e-9)) return false;
                    }
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20260101, 5));

    /// <summary>A bound that never gets small against the losses would prove nothing.</summary>
    [Fact]
    public void The_bound_grows_like_a_root_and_a_good_expert_wins()
    {
        var aggregate = new BernsteinAggregate(5);
        var losses = 0.0;
        for (var t = 0UL; t < 20_000; t++)
        {
            var (x, z) = Round(t, 5, 1);
            losses += Math.Abs(aggregate.Forecast(x) - z);
            aggregate.Learn(x, z);
        }

        Assert.True(aggregate.Weight(0) > 0.9, $"weight {aggregate.Weight(0)}");
        Assert.True(aggregate.RegretBound(0) < 0.05 * losses, $"bound {aggregate.RegretBound(0)} of {losses}");
        Assert.True(aggregate.Regret(0) < 0.01 * losses);
    }

    [Fact]
    public void Rounds_that_are_not_finite_are_left_out()
    {
        var aggregate = new BernsteinAggregate(2);
        aggregate.Learn([0, 0.1], 1);
        var before = Weights(aggregate);
        aggregate.Learn([0, double.NaN], 1);
        aggregate.Learn([0, 0.3], double.NaN);
        aggregate.Learn([0, 1e200], 1);
        aggregate.Learn([0, double.PositiveInfinity], double.NegativeInfinity);
        Assert.Equal(before, Weights(aggregate));
        Assert.Equal(1, aggregate.Rounds);
    }

    [Fact]
    public void Tiny_huge_and_equal_forecasts_keep_weights_that_add_up_to_one()
    {
        var aggregate = new BernsteinAggregate(3);
        double[][] rounds = [[0, 5e-324, 1e-308], [1e99, 0, -1e99], [1, 1, 1], [1e-90, 2e-90, 3e-90], [0, 0.1, 0.2]];
        for (var t = 0; t < 500; t++)
        {
            aggregate.Learn(rounds[t % rounds.Length], t % 3 - 1);
            Assert.Equal(1.0, Weights(aggregate).Sum(), 1e-12);
            Assert.All(Weights(aggregate), weight => Assert.InRange(weight, 0, 1));
        }
    }

    [Fact]
    public void A_single_expert_is_served_as_it_is()
    {
        var aggregate = new BernsteinAggregate(1);
        for (var t = 0; t < 10; t++) aggregate.Learn([0.1 * t], 1);
        Assert.Equal(0.3, aggregate.Forecast([0.3]));
        Assert.Equal((0.0, 0.0), (aggregate.Regret(0), aggregate.RegretBound(0)));
    }

    [Fact]
    public void A_round_allocates_nothing()
    {
        var aggregate = new BernsteinAggregate(5);
        double[] x = [0, 0.1, 0.2, -0.1, 0.3];
        for (var t = 0; t < 100; t++) aggregate.Learn(x, t % 3 - 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var t = 0; t < 100; t++) aggregate.Learn(x, t % 3 - 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_number_of_experts_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new BernsteinAggregate(0));
        Assert.Throws<ArgumentException>(() => new BernsteinAggregate(65));
        Assert.Throws<ArgumentException>(() => new BernsteinAggregate(2).Forecast([1]));
    }

    internal static (double[] Forecasts, double Actual) Round(ulong round, int experts, int kind)
    {
        var random = new KeyedRandom(77, 1, round);
        var z = 4 * random.Uniform(0) - 2;
        double[] x = [.. Enumerable.Range(1, experts).Select(k => random.Uniform((uint)k) - 0.5)];
        if (kind == 1) x[0] = 0.25 * z;
        if (kind == 2) x[(int)(round / 300) % experts] = 0.25 * z;
        if (kind == 3 && round % 500 == 499) x[(int)(round % (ulong)experts)] *= 1000;
        return (x, z);
    }

    static double[] Weights(BernsteinAggregate aggregate) => [.. Enumerable.Range(0, aggregate.Experts).Select(aggregate.Weight)];
}
