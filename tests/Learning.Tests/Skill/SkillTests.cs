namespace Kafka.Stock.Learning.Tests;

/// <summary>Tests of skill: right on paper, silent on noise, awake to a planted effect.</summary>
public sealed class SkillTests
{
    static readonly double[] s_differences = [0.3, -0.1, 0.2, 0.5, -0.4, 0.1, 0.0, 0.6, -0.2, 0.3];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public void Diebold_Mariano_is_its_formula(int horizon, int lag)
    {
        const int T = 10;
        var mean = s_differences.Average();
        double Gamma(int k) => Enumerable.Range(k, T - k).Sum(t => (s_differences[t] - mean) * (s_differences[t - k] - mean)) / T;
        var variance = Gamma(0) + Enumerable.Range(1, lag).Sum(k => 2 * (1 - k / (lag + 1.0)) * Gamma(k));
        var statistic = mean / Math.Sqrt(variance / T) * Math.Sqrt((T + 1 - 2.0 * horizon + horizon * (horizon - 1.0) / T) / T);
        var result = DieboldMariano.Test(s_differences, horizon, lag);
        Assert.Equal(mean, result.Mean, 1e-15);
        Assert.Equal(statistic, result.Statistic, 1e-12);
        Assert.Equal(2 * (1 - StudentDistribution.Cumulative(Math.Abs(statistic), 9)), result.PValue, 1e-12);
    }

    [Fact]
    public void Diebold_Mariano_rejects_noise_as_often_as_it_says()
    {
        var rejected = 0;
        for (var seed = 0UL; seed < 1000; seed++)
        {
            if (DieboldMariano.Test(Noise(seed, 60, 0), 1, 0).PValue < 0.05) rejected++;
        }

        Assert.InRange(rejected, 25, 80);
        Assert.True(DieboldMariano.Test(Noise(1, 400, 0.3), 1, 5).PValue < 0.001);
    }

    [Fact]
    public void Too_few_or_equal_differences_prove_nothing()
    {
        Assert.Equal(new SkillResult(0, 0, 0, 1), DieboldMariano.Test([], 1, 0));
        Assert.Equal(1.0, DieboldMariano.Test([0.5], 1, 0).PValue);
        Assert.Equal(1.0, DieboldMariano.Test([0.0, 0, 0], 1, 0).PValue);
        Assert.Equal(1.0, DieboldMariano.Test([0.1, 0.2], 3, 2).PValue);
        Assert.Equal(1.0, ClarkWest.Test([], [], [], 0).PValue);
        Assert.Throws<ArgumentException>(() => DieboldMariano.Test([1, double.NaN], 1, 0));
        Assert.Throws<ArgumentException>(() => DieboldMariano.Test([1, 2], 0, 0));
        Assert.Throws<ArgumentException>(() => DieboldMariano.Test([1, 2], 3, 1));
        Assert.Throws<ArgumentException>(() => ClarkWest.Test([1], [1, 2], [1], 0));
    }

    /// <summary>A model with one useless parameter has larger squared errors than the benchmark; the test must not call that a
    /// loss.</summary>
    [Fact]
    public void Clark_West_forgives_the_noise_of_a_useless_parameter_and_sees_a_useful_one()
    {
        var rejected = 0;
        var better = 0;
        for (var seed = 0UL; seed < 400; seed++)
        {
            var actual = Noise(seed, 200, 0);
            var noise = Noise(seed + 5000, 200, 0);
            double[] useless = [.. noise.Select(x => 0.3 * x)];
            var result = ClarkWest.Test(actual, new double[200], useless, 0);
            if (result.PValue < 0.05) rejected++;
            if (actual.Zip(useless, (a, m) => a * a - (a - m) * (a - m)).Sum() > 0) better++;
        }

        Assert.InRange(rejected, 6, 36);
        Assert.InRange(better, 0, 20);

        var signal = Noise(9, 800, 0);
        double[] came = [.. Noise(10, 800, 0).Zip(signal, (noise, s) => noise + 0.2 * s)];
        Assert.True(ClarkWest.Test(came, new double[800], [.. signal.Select(s => 0.2 * s)], 0).PValue < 0.001);
    }

    [Fact]
    public void Newey_West_widens_the_error_of_persistent_differences()
    {
        var persistent = Noise(3, 2000, 0);
        for (var i = 1; i < persistent.Length; i++) persistent[i] += 0.7 * persistent[i - 1];
        Assert.True(MeanTest.Of(persistent, 20).StandardError > 1.8 * MeanTest.Of(persistent, 0).StandardError);
        var test = MeanTest.Of(persistent, 5);
        Assert.Equal(test.Mean + 1.6448536269514722 * test.StandardError, test.UpperBound(0.95), 1e-12);
        Assert.Equal(MeanTest.Of([1, 2, 3], 2), MeanTest.Of([1, 2, 3], 99));
    }

    /// <summary>Valid at any time: of 100 series of noise at most 5 ever pass 20, though each is looked at every day.</summary>
    [Fact]
    public void The_e_process_passes_20_on_noise_in_at_most_5_of_100()
    {
        var passed = 0;
        for (var seed = 0UL; seed < 100; seed++)
        {
            var process = new EProcess();
            foreach (var difference in Noise(seed, 2000, 0)) process.Add(difference);
            if (process.WealthMax >= EProcess.Threshold) passed++;
        }

        Assert.InRange(passed, 0, 5);
    }

    [Fact]
    public void The_e_process_finds_a_planted_advantage()
    {
        var process = new EProcess();
        foreach (var difference in Noise(1, 2000, 0.12)) process.Add(difference);
        Assert.True(process.WealthMax >= EProcess.Threshold, $"wealth {process.WealthMax}");
        Assert.Equal(2000, process.Count);
    }

    [Fact]
    public void The_e_process_bets_what_its_past_says_and_nothing_else()
    {
        var process = new EProcess();
        for (var i = 0; i < 20; i++) process.Add(i % 2 == 0 ? 0.3 : -0.1);
        Assert.Equal(1.0, process.Wealth);
        var deviation = Math.Sqrt((10 * 0.09 + 10 * 0.01) / 20);
        process.Add(0.2);
        Assert.Equal(1 + 0.5 * (0.2 / (6 * deviation)), process.Wealth, 1e-12);
        process.Add(-1e9);
        Assert.InRange(process.Wealth, 0.4, 0.6);
    }

    [Fact]
    public void The_e_process_survives_wild_days()
    {
        var process = new EProcess();
        double[] wild = [0, double.NaN, 1e200, -1e200, double.PositiveInfinity, 1e-300, 1, -1];
        for (var i = 0; i < 400; i++) process.Add(wild[i % wild.Length]);
        Assert.True(double.IsFinite(process.Wealth) && process.Wealth > 0);
        var winner = new EProcess();
        for (var i = 0; i < 100_000; i++) winner.Add(1);
        Assert.True(double.IsFinite(winner.Wealth));
    }

    static double[] Noise(ulong seed, int count, double mean)
    {
        var random = new KeyedRandom(seed, 31, 0);
        return [.. Enumerable.Range(0, count).Select(i => mean + Root(random, (uint)i))];

        // Sum of 12 uniform numbers: near enough to normal, and quick.
        static double Root(KeyedRandom random, uint i) => Enumerable.Range(0, 12).Sum(k => random.Uniform(i * 12 + (uint)k)) - 6.0;
    }
}
