using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>A known defect of hand-made systems: the target isn't shifted, so a row's target is its own close, which its features know
/// already.</summary>
public sealed class MissingShiftTests
{
    const int Bars = 400;

    static readonly List<SourceBar> s_bars = SampleBars.RandomWalk(23, Bars);

    [Fact]
    public void The_mistake_forecasts_a_random_walk_and_the_test_finds_it()
    {
        var moves = OwnMoves();
        Assert.True(KnownShare(moves) > 0.9, $"correlation {KnownShare(moves)}");
        Assert.True(SkillOfALine(moves) > 0.5, $"skill {SkillOfALine(moves)}");
    }

    [Fact]
    public void A_label_of_ours_is_the_move_to_the_next_close_and_its_row_does_not_know_it()
    {
        var place = s_bars.Select((bar, i) => (bar.EndUs, i)).ToDictionary(pair => pair.EndUs, pair => pair.i);
        Assert.All(NewestRows.Of(s_bars), row =>
        {
            var t = place[row.BarEndUs];
            Assert.Equal(s_bars[t + 1].EndUs, row.TargetEndUs);
            Assert.Equal(s_bars[t].Close.ToDouble(), row.Close);
            Assert.Equal(s_bars[t + 1].Close.ToDouble(), row.TargetClose);
            Assert.Equal(Math.Log(row.TargetClose / row.Close), row.TargetReturn, 1e-12);
        });
        var labels = NewestRows.Of(s_bars).Select(row => row.TargetReturn / row.Scale).ToArray();
        Assert.InRange(KnownShare(labels), -0.25, 0.25);
        Assert.True(SkillOfALine(labels) < 0.02, $"skill {SkillOfALine(labels)}");
    }

    /// <summary>A row comes to be learnt from only once the bar of its label has come.</summary>
    [Fact]
    public void No_row_is_learnt_from_before_its_target_has_closed() =>
        Assert.All(NewestRows.Batches(s_bars), batch => Assert.All(batch.Rows, row =>
        {
            Assert.True(row.BarEndUs < row.TargetEndUs);
            Assert.True(row.TargetEndUs <= batch.BarEndUs);
        }));

    /// <summary>The move of each row's own bar in units of its scale: the target without its shift.</summary>
    static double[] OwnMoves()
    {
        var place = s_bars.Select((bar, i) => (bar.EndUs, i)).ToDictionary(pair => pair.EndUs, pair => pair.i);
        return
        [
            .. NewestRows.Of(s_bars).Select(row =>
                Math.Log(row.Close / s_bars[place[row.BarEndUs] - 1].Close.ToDouble()) / row.Scale),
        ];
    }

    /// <summary>Correlation of a target with the first feature, the move of the row's own bar.</summary>
    static double KnownShare(double[] targets) =>
        NewestRows.Correlation([.. NewestRows.Of(s_bars).Select(row => (double)row.Features[0])], targets);

    /// <summary>What least squares on the features of each row show, predict first, learn after.</summary>
    static double SkillOfALine(double[] targets)
    {
        var rows = NewestRows.Of(s_bars).ToList();
        var line = new LinearForecaster(rows[0].Features.Length, NewestRows.LoosePrior);
        List<(double, double)> forecasts = [];
        for (var i = 0; i < rows.Count; i++)
        {
            forecasts.Add((line.Predict(rows[i].Features), targets[i]));
            line.Learn(rows[i].Features, (float)targets[i]);
        }

        return NewestRows.Skill(forecasts.Skip(50));
    }
}
