using Kafka.Stock.Learning;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli.Tests;

public sealed class FoldOptionsTests
{
    /// <summary>A default in the table that differs from the fold's own would make a backtest differ from live.</summary>
    [Fact]
    public void Defaults_of_the_table_are_those_of_the_folds()
    {
        var topology = FoldOptions.Topology(Values([]));
        var standard = new TopologyOptions();
        Assert.Equal(standard.TickIntervals, topology.TickIntervals);
        Assert.Equal(standard with { TickIntervals = topology.TickIntervals }, topology);

        var trainer = FoldOptions.Trainer(Values([]));
        var usual = new TrainerOptions();
        Assert.Equal(usual.Levels, trainer.Levels);
        Assert.Equal(usual with { Levels = trainer.Levels }, trainer);
    }

    [Fact]
    public void Settings_reach_the_folds()
    {
        var values = Values(new()
        {
            ["seed"] = "7",
            ["tick-intervals"] = "1m,5m,1m",
            ["loss"] = "squared",
            ["levels"] = "0.9",
            ["horizon"] = "2",
            ["calendar"] = "24x7",
        });
        var topology = FoldOptions.Topology(values);
        Assert.Equal((7UL, 2, "24x7"), (topology.Seed, topology.HorizonBars, topology.Calendar.Name));
        Assert.Equal(["1m", "5m"], topology.TickIntervals.Select(interval => interval.ToString()));
        var trainer = FoldOptions.Trainer(values);
        Assert.Equal((7UL, 2, LossKind.Squared), (trainer.Seed, trainer.HorizonBars, trainer.Adam.Loss));
        Assert.Equal([0.9], trainer.Levels);
    }

    [Fact]
    public void A_reference_gives_both_folds_the_wider_pipeline_and_the_ingest_its_symbol()
    {
        var values = Values(new() { ["reference"] = "spy", ["target"] = "next-session-close" });
        var topology = FoldOptions.Topology(values);
        Assert.Equal(("SPY", FeaturePipeline.PriceV1Market), (topology.Reference, topology.Pipeline));
        Assert.Equal(TargetKind.NextSessionClose, topology.Target);
        Assert.Equal(FeaturePipeline.PriceV1Market, FoldOptions.Trainer(values).Pipeline);
        Assert.Equal("SPY", StackSettings.Files(values, ["x"]).Reference);
        Assert.Equal(FeaturePipeline.SeedV1, FoldOptions.Trainer(Values(new() { ["pipeline"] = "seed-v1" })).Pipeline);
        Assert.Null(StackSettings.Files(Values([]), ["x"]).Reference);
    }

    [Fact]
    public void Settings_that_make_no_sense_together_are_wrong_usage()
    {
        var seed = Values(new() { ["pipeline"] = "seed-v1", ["reference"] = "SPY" });
        Assert.Contains("seed-v1", Assert.Throws<UsageException>(() => FoldOptions.Topology(seed)).Message, StringComparison.Ordinal);
        var two = Values(new() { ["target"] = "next-session-close", ["tick-intervals"] = "1m,5m" });
        Assert.Contains("1m,5m", Assert.Throws<UsageException>(() => FoldOptions.Topology(two)).Message, StringComparison.Ordinal);
        var one = Values(new() { ["target"] = "next-session-close", ["tick-intervals"] = "1m,1d" });
        Assert.Equal(2, FoldOptions.Topology(one).TickIntervals.Count);
    }

    static SettingValues Values(Dictionary<string, string> set)
    {
        var problems = new List<string>();
        var values = SettingValues.Resolve(SettingTable.All, setting => set.GetValueOrDefault(setting.Name), _ => null, null, problems);
        Assert.Empty(problems);
        return values;
    }
}
