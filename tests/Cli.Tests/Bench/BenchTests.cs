using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli.Tests;

/// <summary>A bench gives its figure, a reference of the same run, and no bytes on the hot path; how fast it is, no test asserts.</summary>
public sealed class BenchTests
{
    [Fact]
    public void Codec_gives_rates_beside_copying_and_allocates_nothing_a_record()
    {
        var figures = CodecBench.Run().ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.InRange(figures["decode_allocated_bytes"], 0, 0.01);
        Assert.InRange(figures["encode_allocated_bytes"], 0, 0.01);
        Assert.True(figures["decode_per_second"] > 0 && figures["encode_per_second"] > 0);
        Assert.Equal(figures["decode_per_second"] / figures["copy_per_second"], figures["decode_ratio_to_copy"], 1e-9);
    }

    [Fact]
    public async Task Fold_makes_the_forecasts_of_forty_days_and_stands_beside_decoding()
    {
        var figures = (await FoldBench.RunAsync(default)).ToDictionary(figure => figure.Name, figure => figure.Value);
        // 402 SPY minutes and 5 AMD minutes a day, 60 of each series to warm up.
        Assert.Equal((40 * 402) - 60 + (40 * 5) - 60, figures["forecasts"]);
        Assert.InRange(figures["ratio_to_decode"], 0, 1);
        Assert.InRange(figures["allocated_bytes"], 0, 64);
    }

    [Fact]
    public void Forecasts_are_timed_while_the_other_thread_learns()
    {
        var figures = ForecastBench.Run().ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.True(figures["steps_per_second"] > 0);
        Assert.Equal(figures["p99_ns"] / figures["quiet_p99_ns"], figures["ratio"], 1e-9);
    }

    [Fact]
    public void Backtest_retrains_every_month_that_has_enough_rows()
    {
        var figures = BacktestBench.Run(symbols: 2, bars: 500, default).ToDictionary(figure => figure.Name, figure => figure.Value);
        // 61 bars to warm up, 250 rows to learn from, 63 to hold back: some 18 of 24 months are too early.
        Assert.InRange(figures["decisions"], 4, 8);
        Assert.Equal(2 * (500 - 60) / figures["forecasts_per_second"], figures["seconds"], 1e-9);
        Assert.Equal(figures["seconds"] / figures["without_seconds"], figures["ratio"], 1e-9);
    }

    [Fact]
    public void Bench_bars_are_bars_that_the_topology_takes()
    {
        var topology = new Contracts.FoldPartition<Topology.MarketMessage, Topology.TopologyState>(new Topology.TopologyFold(new()));
        var bars = 0;
        var sink = new Contracts.EncodingOutput(
            (Contracts.Topic topic, in Contracts.LogRecord _) => bars += topic == Contracts.StockTopics.Bars ? 1 : 0);
        var bodies = BenchBars.Of("AAA", 120);
        var key = BenchBars.Key("AAA");
        for (var i = 0; i < bodies.Count; i++)
            topology.Apply(new Contracts.LogRecord(Contracts.SourceBar.SchemaName, key, bodies[i], i), sink);
        Assert.Equal(120, bars);
    }

    [Fact]
    public async Task A_reference_that_isn_t_there_is_no_figure() =>
        Assert.Null(await TorchScript.RunAsync("no_such_script.py", [], default));

    [Fact]
    public void The_scalar_reference_learns_what_the_kernel_learns()
    {
        const int Inputs = 20;
        var random = new KeyedRandom(3, 1, 4);
        var features = new float[4 * Inputs];
        float[] targets = [0.4f, -0.3f, 0.2f, 0.1f];
        for (var i = 0; i < features.Length; i++) features[i] = (float)((2 * random.Uniform((uint)i)) - 1);
        var scalar = new ScalarNetwork(Inputs, 64, random);
        var before = Loss(scalar, features, targets);
        for (var step = 0; step < 3_000; step++) scalar.Step(features, targets);
        Assert.InRange(Loss(scalar, features, targets), 0, before / 20);
    }

    static double Loss(ScalarNetwork network, float[] features, float[] targets)
    {
        var sum = 0.0;
        for (var row = 0; row < targets.Length; row++)
        {
            var error = network.Predict(features.AsSpan(row * 20, 20)) - targets[row];
            sum += error * error;
        }

        return sum;
    }
}
