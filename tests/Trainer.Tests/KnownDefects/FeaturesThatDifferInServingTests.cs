using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>A known defect of hand-made systems: training makes its features by one program and serving by another, and the model is asked
/// about numbers of a kind that it has never seen.</summary>
public sealed class FeaturesThatDifferInServingTests
{
    static readonly List<SourceBar> s_bars = SampleBars.RandomWalk(31, 400);

    [Theory]
    [InlineData("price-v1")]
    [InlineData("seed-v1")]
    public void A_row_is_learnt_from_with_the_very_bits_that_its_forecast_was_made_from(string pipeline)
    {
        var batches = NewestRows.Batches(s_bars, new TopologyOptions { Pipeline = FeaturePipeline.Find(pipeline, withReference: false)! });
        Assert.Empty(Different(batches, served => served));
        Assert.True(batches.Sum(batch => batch.Rows.Count) > 1_000);
    }

    /// <summary>Training divides by the scale, serving hands over percent; or serving rounds; or it lacks one feature.</summary>
    [Fact]
    public void The_mistake_is_found_at_every_row()
    {
        var batches = NewestRows.Batches(s_bars);
        var rows = batches.Sum(batch => batch.Rows.Count);
        Assert.InRange(Different(batches, served => [.. served.Select(value => 100 * value)]).Count, rows - 5, rows);
        Assert.InRange(Different(batches, served => [.. served.Select(value => MathF.Round(value, 2))]).Count, rows - 5, rows);
        Assert.NotEmpty(Different(batches, served => [.. served[..^1], 0]));
    }

    /// <summary>Where each move repeats half of the last, a line learns it, and loses it when it is asked about features that aren't
    /// over the scale.</summary>
    [Fact]
    public void The_mistake_takes_the_skill_away_that_ours_has()
    {
        var batches = NewestRows.Batches(WithMemory(0.5));
        var line = new LinearForecaster(batches[0].Features.Length, NewestRows.LoosePrior);
        List<(double, double)> ours = [], mistaken = [];
        foreach (var row in batches.Where(batch => batch.Rows.Count > 0).Select(batch => batch.Rows[^1]))
        {
            var label = row.TargetReturn / row.Scale;
            ours.Add((line.Predict(row.Features), label));
            mistaken.Add((line.Predict([.. row.Features.Select(value => value * (float)row.Scale)]), label));
            line.Learn(row.Features, (float)label);
        }

        var (honest, wrong) = (NewestRows.Skill(ours.Skip(300)), NewestRows.Skill(mistaken.Skip(300)));
        Assert.True(honest > 0.03, $"honest {honest}");
        Assert.True(wrong < honest / 4, $"honest {honest}, mistake {wrong}");
    }

    /// <summary>Rows, replayed ones too, whose features aren't those that serving made at their bar.</summary>
    static List<LabelledRow> Different(IReadOnlyList<MicroBatch> batches, Func<float[], float[]> serve)
    {
        var served = batches.ToDictionary(batch => batch.BarEndUs, batch => serve([.. batch.Features]));
        return
        [
            .. batches.SelectMany(batch => batch.Rows).Where(row => !served[row.BarEndUs].AsSpan().SequenceEqual(row.Features)),
        ];
    }

    static List<SourceBar> WithMemory(double memory)
    {
        List<SourceBar> bars = [.. SampleBars.RandomWalk(37, 1_500)];
        var (log, move, before) = (Math.Log(100), 0.0, bars[0].Close.ToDouble());
        for (var t = 1; t < bars.Count; t++)
        {
            var own = Math.Log(bars[t].Close.ToDouble() / before);
            before = bars[t].Close.ToDouble();
            move = own + (memory * move);
            var (open, close) = (Math.Exp(log), Math.Exp(log + move));
            log += move;
            bars[t] = bars[t] with
            {
                Open = SampleBars.Dollars(open),
                Close = SampleBars.Dollars(close),
                High = SampleBars.Dollars(1.002 * Math.Max(open, close)),
                Low = SampleBars.Dollars(0.998 * Math.Min(open, close)),
            };
        }

        return bars;
    }
}
