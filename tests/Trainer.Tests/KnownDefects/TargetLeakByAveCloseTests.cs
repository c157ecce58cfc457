using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>A known defect of hand-made systems: ave_close averages the prices of the very bar whose close is the target, so the target is
/// a feature under another name, and everything looks forecast.</summary>
public sealed class TargetLeakByAveCloseTests
{
    const int Bars = 260;
    const int Changed = 200;

    public static TheoryData<string> Pipelines => ["price-v1", "seed-v1"];

    /// <summary>The bar that gives the label is made anew: a row that had it as a feature in any guise changes.</summary>
    [Theory, MemberData(nameof(Pipelines))]
    public void Another_target_bar_changes_the_label_of_a_row_and_none_of_its_features(string pipeline)
    {
        var (before, after) = (Rows(pipeline, Walk()), Rows(pipeline, Walk(changed: Changed)));
        var at = before.FindIndex(row => row.TargetEndUs == Walk()[Changed].EndUs);
        Assert.NotEqual(before[at].TargetReturn, after[at].TargetReturn);
        Assert.Equal(before[at].Features, after[at].Features);
        Assert.NotEqual(before[at + 1].Features, after[at + 1].Features);
    }

    [Fact]
    public void The_mistake_changes_with_the_target_bar_and_knows_the_label()
    {
        var (bars, other) = (Walk(), Walk(changed: Changed));
        Assert.NotEqual(AverageOfTheTarget(bars, Changed - 1), AverageOfTheTarget(other, Changed - 1));
        var rows = Rows("price-v1", bars);
        var at = bars.ToDictionary(bar => bar.EndUs, bars.IndexOf);
        Assert.True(Correlation([.. rows.Select(row => AverageOfTheTarget(bars, at[row.BarEndUs]))], Labels(rows)) > 0.8);
    }

    [Theory, MemberData(nameof(Pipelines))]
    public void No_feature_of_ours_knows_the_label_of_a_random_walk(string pipeline)
    {
        var rows = Rows(pipeline, Walk());
        for (var feature = 0; feature < rows[0].Features.Length; feature++)
        {
            var correlation = Correlation([.. rows.Select(row => (double)row.Features[feature])], Labels(rows));
            Assert.True(Math.Abs(correlation) < 0.35, $"feature {feature}: {correlation}"); // 5 deviations of 200 rows
        }
    }

    /// <summary>Mean of open, high, low and close of the bar after t over the close of t, log: what the mistake calls a feature of
    /// t.</summary>
    static double AverageOfTheTarget(List<SourceBar> bars, int t)
    {
        var target = bars[t + 1];
        var mean = (target.Open.ToDouble() + target.High.ToDouble() + target.Low.ToDouble() + target.Close.ToDouble()) / 4;
        return Math.Log(mean / bars[t].Close.ToDouble());
    }

    static List<SourceBar> Walk(int? changed = null)
    {
        var bars = SampleBars.RandomWalk(17, Bars);
        if (changed is { } t) bars[t] = bars[t] with { High = new(bars[t].Close.Micros * 2), Close = new(bars[t].Close.Micros * 2) };
        return bars;
    }

    /// <summary>The labelled rows as they come to be learnt from.</summary>
    static List<LabelledRow> Rows(string pipeline, IEnumerable<SourceBar> bars) =>
        [.. NewestRows.Of(bars, new TopologyOptions { Pipeline = FeaturePipeline.Find(pipeline, withReference: false)! })];

    static double[] Labels(List<LabelledRow> rows) => [.. rows.Select(row => row.TargetReturn)];

    static double Correlation(double[] x, double[] y) => NewestRows.Correlation(x, y);
}
