using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class TrainingHistoryTests
{
    static readonly RetrainOptions s_options = new();

    [Fact]
    public void A_row_is_the_newest_of_each_micro_batch_and_scores_find_theirs()
    {
        var sample = SampleHistory.Of(seed: 1, sessions: 160);
        var series = Only(sample.Into(s_options));
        var batches = sample.Batches.Where(batch => batch.Rows.Count > 0).ToList();
        Assert.Equal(batches.Count, series.Rows.Count);
        for (var i = 0; i < series.Rows.Count; i++)
        {
            var row = batches[i].Rows[^1];
            Assert.Equal((row.BarEndUs, row.TargetEndUs, row.Scale, row.TargetReturn),
                (series.Rows[i].BarEndUs, series.Rows[i].TargetEndUs, series.Rows[i].Scale, series.Rows[i].TargetReturn));
            Assert.Equal(row.Features, series.Rows.Features(i).ToArray());
        }

        Assert.NotNull(series.ErrorAt(batches[^1].Rows[^1].BarEndUs));
        Assert.Null(series.ErrorAt(0));
    }

    [Fact]
    public void Memory_is_bounded_and_the_youngest_stay()
    {
        var options = s_options with { TrainRowsKept = 250, HeldBackRows = 20 };
        var sample = SampleHistory.Of(seed: 1, sessions: 500);
        var series = Only(sample.Into(options));
        Assert.Equal(250 + 20 + 1 + 32, series.Rows.Count);
        Assert.Equal(20 + 1 + 32, series.Steps.Count);
        Assert.Equal(sample.EndUs, series.Rows[series.Rows.Count - 1].TargetEndUs);
        for (var i = 1; i < series.Rows.Count; i++) Assert.True(series.Rows[i - 1].BarEndUs < series.Rows[i].BarEndUs);
    }

    [Fact]
    public void A_restart_begins_anew()
    {
        var sample = SampleHistory.Of(seed: 1, sessions: 160);
        var restart = sample.Batches[40].BarEndUs;
        var series = Only(sample.Into(s_options, batch => batch.Restarted |= batch.BarEndUs == restart));
        Assert.Equal(sample.Batches[40].Rows[^1].BarEndUs, series.Rows[0].BarEndUs);
        Assert.Equal(restart, series.Steps.First().BarEndUs);
    }

    [Fact]
    public void What_is_provisional_repeated_of_another_pipeline_or_not_finite_is_left_out()
    {
        var sample = SampleHistory.Of(seed: 1, sessions: 160);
        var history = sample.Into(s_options);
        var before = Only(history).Rows.Count;
        var batch = sample.Batches[^1];
        history.Add(batch);
        Later().Provisional = true;
        history.Add(batch);
        Later().Fingerprint++;
        history.Add(batch);
        Later().Rows[^1].Features[0] = float.PositiveInfinity;
        history.Add(batch);
        Later().Rows[^1].Features[0] = 0;
        batch.Rows[^1].Scale = 0;
        history.Add(batch);
        Assert.Equal(before, Only(history).Rows.Count);

        MicroBatch Later()
        {
            (batch.BarEndUs, batch.Provisional, batch.Fingerprint) = (batch.BarEndUs + 1, false, s_options.Trainer.Pipeline.Fingerprint);
            return batch;
        }
    }

    [Fact]
    public void Intervals_are_apart_and_in_order()
    {
        var history = new TrainingHistory(s_options);
        foreach (var series in new[] { "B/1d/csv", "A/1m/iex", "A/1d/csv" })
            history.Add(new MicroBatch { Series = SeriesId.Parse(series), Fingerprint = s_options.Trainer.Pipeline.Fingerprint });
        Assert.Equal(["1d", "1m"], history.Intervals);
        Assert.Equal(["A/1d/csv", "B/1d/csv"], history.SeriesOf("1d").Select(series => series.Series.ToString()));
        Assert.Empty(history.SeriesOf("5m"));
    }

    [Fact]
    public void A_score_without_a_champion_counts_for_nothing()
    {
        var history = new TrainingHistory(s_options);
        var score = new Score { Series = SeriesId.Parse("A/1d/csv"), MadeAtUs = 7, Strategies = [new() { Strategy = Strategies.Naive }] };
        history.Add(score);
        Assert.Null(Only(history).ErrorAt(7));
    }

    static SeriesHistory Only(TrainingHistory history) => Assert.Single(history.SeriesOf("1d"));
}
