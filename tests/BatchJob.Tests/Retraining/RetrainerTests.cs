using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Retraining;

public sealed class RetrainerTests
{
    static readonly RetrainOptions s_options = new();

    [Fact]
    public void Candidates_that_are_not_worse_take_over_all_series_together()
    {
        var history = SampleHistory.Of(seed: 3, symbols: 3, memory: 0.35);
        var (decision, promotions) = history.Retrain(s_options);
        Assert.True(decision.Promoted, decision.Reason);
        Assert.True(decision.VersusChampionUpper < decision.Margin && decision.VersusNaiveUpper < decision.Margin);
        Assert.Equal(decision.Margin!.Value, 0.005 * decision.NaiveLoss!.Value);
        Assert.Equal((3, 63, 3 * 63), (decision.Series, decision.Days, decision.Rows));
        Assert.Equal(history.EndUs + s_options.EffectiveDelayUs, decision.EffectiveFromUs);
        Assert.Equal(["S0/1d/csv", "S1/1d/csv", "S2/1d/csv"], promotions.Select(promotion => promotion.Series.ToString()));
        foreach (var (promotion, model) in promotions.Zip(decision.Models))
        {
            Assert.Equal(
                (model.ModelId, decision.EffectiveFromUs, false), (promotion.ModelId, promotion.EffectiveFromUs, promotion.Initial));
            Assert.Equal(model.ModelId, ModelArtefact.IdOf(promotion.Artefact.Span));
            var promoted = PromotedModel.Read(promotion, s_options.Trainer, "test");
            Assert.Equal(promoted.Frozen.Steps + 63, promoted.Stepped.Steps);
            Assert.Contains("\"promoted\":true", promotion.Decision, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    [InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(10)]
    public void A_candidate_that_learnt_noise_by_heart_is_refused(ulong seed)
    {
        var options = s_options with { Recipe = SampleHistory.Bad, Seed = seed };
        var (decision, promotions) = SampleHistory.Of(seed, symbols: 2).Retrain(options);
        Assert.False(decision.Promoted, decision.Reason);
        Assert.Empty(promotions);
        Assert.StartsWith("may be worse than", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(2, decision.Models.Count);
    }

    [SkippableFact]
    public void A_bad_candidate_is_refused_on_real_bars_with_ten_seeds()
    {
        var records = MarketFiles.Read(SharedFiles.PathTo("data/daily/IBM.csv"), SharedFiles.PathTo("data/daily/SPY.csv"));
        var history = SampleHistory.Of(MarketFiles.Bars(records, new(2002, 1, 1), new(2004, 1, 1)).Cast<object>());
        for (var seed = 1ul; seed <= 10; seed++)
        {
            var decision = history.Retrain(s_options with { Recipe = SampleHistory.Bad, Seed = seed }).Decision;
            Assert.False(decision.Promoted, $"seed {seed}: {decision.Reason}");
        }
    }

    [Fact]
    public void Rows_after_the_instant_change_nothing()
    {
        var history = SampleHistory.Of(seed: 5, symbols: 2, memory: 0.35);
        var atUs = history.Batches[^21].BarEndUs;
        var honest = At(atUs, spoil: null);
        var spoilt = At(atUs, batch =>
        {
            if (batch.BarEndUs <= atUs) return;
            foreach (var row in batch.Rows) (row.TargetReturn, row.Features[0], row.Scale) = (row.TargetReturn + 1, 9f, 2 * row.Scale);
        });
        Assert.NotEmpty(honest.Promotions);
        Assert.Equal(DecisionText.ToJson(honest.Decision), DecisionText.ToJson(spoilt.Decision));
        foreach (var (one, other) in honest.Promotions.Zip(spoilt.Promotions))
        {
            Assert.True(one.Artefact.Span.SequenceEqual(other.Artefact.Span));
            Assert.True(one.HybridArtefact.Span.SequenceEqual(other.HybridArtefact.Span));
        }

        RetrainResult At(long us, Action<MicroBatch>? spoil) =>
            new Retrainer(history.Into(s_options, spoil), s_options).Retrain("1d", us, RetrainTrigger.Month);
    }

    [Fact]
    public void A_frozen_candidate_has_learnt_nothing_of_the_rows_that_test_it()
    {
        var honest = SampleHistory.Of(seed: 7, memory: 0.35);
        var first = honest.Batches[^63].Rows[^1].BarEndUs;
        var spoilt = SampleHistory.Of(seed: 7, memory: 0.35).Retrain(s_options, batch =>
        {
            // The label of the row before the first held-back one closed when that was forecast: it may be learnt from.
            foreach (var row in batch.Rows.Where(row => row.BarEndUs >= first)) row.TargetReturn = -row.TargetReturn;
        });
        var models = honest.Retrain(s_options).Decision;
        Assert.Equal(models.Models[0].ModelId, spoilt.Decision.Models[0].ModelId);
        Assert.NotEqual(models.CandidateLoss, spoilt.Decision.CandidateLoss);
        Assert.Equal(first, models.Models[0].TrainedUntilUs);
    }

    [Fact]
    public void The_order_of_threads_changes_nothing()
    {
        var history = SampleHistory.Of(seed: 11, symbols: 5);
        var alone = history.Retrain(s_options with { Parallelism = 1 });
        var together = history.Retrain(s_options with { Parallelism = 5 });
        Assert.Equal(DecisionText.ToJson(alone.Decision), DecisionText.ToJson(together.Decision));
    }

    [Fact]
    public void A_seed_is_a_seed()
    {
        var history = SampleHistory.Of(seed: 11);
        Assert.NotEqual(
            history.Retrain(s_options with { Seed = 1 }).Decision.Models[0].ModelId,
            history.Retrain(s_options with { Seed = 2 }).Decision.Models[0].ModelId);
    }

    [Fact]
    public void Too_few_rows_are_a_decision_with_its_reason()
    {
        // 60 bars of warm-up, one for the label: 312 rows of 373 bars, and one too few of 372.
        Assert.NotEmpty(SampleHistory.Of(seed: 1, sessions: 374).Retrain(s_options).Decision.Models);
        var (decision, promotions) = SampleHistory.Of(seed: 1, sessions: 373).Retrain(s_options);
        Assert.Equal("no series has 250 rows to learn from and 63 to be held back", decision.Reason);
        Assert.False(decision.Promoted);
        Assert.Empty(decision.Models);
        Assert.Empty(promotions);
        Assert.Null(decision.CandidateLoss);
    }

    [Fact]
    public void Without_scores_of_the_champion_nothing_is_promoted()
    {
        var options = s_options;
        var history = new TrainingHistory(options);
        foreach (var batch in SampleHistory.Of(seed: 1).Batches) history.Add(batch);
        var retrainer = new Retrainer(history, options);
        var decision = retrainer.Retrain("1d", long.MaxValue, RetrainTrigger.Month).Decision;
        Assert.False(decision.Promoted);
        Assert.Equal("0 held-back days with scores of the champion; expected at least 20", decision.Reason);
    }

    [Fact]
    public void A_failed_gate_trains_nothing()
    {
        var history = SampleHistory.Of(seed: 3, memory: 0.35);
        var retrainer = new Retrainer(history.Into(s_options), s_options);
        var gate = new GateResult(GateVerdict.Failed, "max_volume 1", null);
        var (decision, promotions) = retrainer.Retrain("1d", history.EndUs, RetrainTrigger.Month, gate);
        Assert.Equal(("failed", false, 0), (decision.Gate, decision.Promoted, decision.Models.Count));
        Assert.Empty(promotions);
    }

    [Theory]
    [InlineData(1), InlineData(0.3)]
    public void A_diverged_candidate_is_left_out_and_named(double rate)
    {
        var recipe = TrainingRecipe.Default with { EpochsMax = 1, Adam = new AdamOptions { LearningRate = rate, Loss = LossKind.Squared } };
        var (decision, promotions) = SampleHistory.Of(seed: 3).Retrain(s_options with { Recipe = recipe });
        Assert.Empty(promotions);
        Assert.StartsWith("no candidate can be used; S0/1d/csv left out: training loss ", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("diverged", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_finite_reaches_no_model()
    {
        var (decision, _) = SampleHistory.Of(seed: 3, sessions: 520, memory: 0.35).Retrain(s_options, batch =>
        {
            if (batch.Rows.Count > 0 && batch.BarEndUs % 7 == 0) batch.Rows[0].Features[3] = float.NaN;
        });
        Assert.True(double.IsFinite(decision.CandidateLoss!.Value));
    }

    [Fact]
    public void First_models_learn_all_rows_known_by_then_and_begin_at_the_next_bar()
    {
        var history = SampleHistory.Of(seed: 3, symbols: 2);
        var atUs = history.Batches[^100].BarEndUs;
        var retrainer = new Retrainer(history.Into(s_options), s_options);
        var (decision, promotions) = retrainer.TrainInitial("1d", atUs);
        Assert.Equal(("initial", true, 2), (decision.Trigger, decision.Promoted, promotions.Count));
        Assert.All(promotions, promotion =>
        {
            Assert.True(promotion.Initial && promotion.HybridArtefact.IsEmpty);
            Assert.Equal((atUs, atUs + 1), (promotion.TrainedUntilUs, promotion.EffectiveFromUs));
        });
    }

    [Fact]
    public void A_cancelled_retrain_decides_nothing()
    {
        var history = SampleHistory.Of(seed: 3, symbols: 2).Into(s_options);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new Retrainer(history, s_options).Retrain("1d", long.MaxValue, RetrainTrigger.Month, cancellation: source.Token));
    }

    [Fact]
    public void Options_that_make_no_sense_are_named_all_at_once()
    {
        var wrong = new RetrainOptions { HeldBackRows = 3, MarginShare = 0, Confidence = 1, TrainRowsMin = 30_000, Parallelism = 0 };
        var error = Assert.Throws<ConfigurationException>(() => wrong.Validated());
        Assert.All(
            ["HeldBackRows 3", "MarginShare 0", "Confidence 1", "TrainRowsKept", "Parallelism 0"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
