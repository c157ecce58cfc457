using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

public sealed class PromotionTests
{
    const int Cut = 120;
    static readonly IReadOnlyList<MicroBatch> s_batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(3, 360));
    static readonly byte[] s_artefact = SampleModels.Artefact(7);
    static readonly byte[] s_stepped = SampleModels.SteppedOn(s_artefact, 8, 63);

    static long EndOf(int batch) => s_batches[batch].BarEndUs;

    [Fact]
    public void Before_any_promotion_the_champion_says_no_change_and_hybrid_is_online()
    {
        var forecast = new FoldUnderTest().Feed(s_batches).Log.Of<Forecast>()[^1];
        Assert.Equal(
            ["naive", "drift", "online", "batch", "hybrid", "ar1", "ridge", "aggregate"],
            forecast.Strategies.Select(strategy => strategy.Strategy));
        Assert.Equal(0.0, Of(forecast, "batch").PredictedReturn);
        Assert.NotEqual(0.0, Of(forecast, "online").PredictedReturn);
        Assert.Equal(Of(forecast, "online").PredictedReturn, Of(forecast, "hybrid").PredictedReturn);
        Assert.Equal(Of(forecast, "online").Steps, Of(forecast, "hybrid").Steps);
        Assert.Equal(Of(forecast, "online").ModelId, Of(forecast, "batch").ModelId);
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void It_takes_over_at_the_first_bar_that_ends_at_or_after_its_time(long before)
    {
        var without = new FoldUnderTest().Feed(s_batches).Log.Of<Forecast>();
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut - 5));
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut) + before, s_stepped));
        var with = fold.Feed(s_batches.Skip(Cut - 5)).Log.Of<Forecast>();

        var same = with
            .Zip(without, (one, other) => Of(one, "aggregate").PredictedReturn == Of(other, "aggregate").PredictedReturn)
            .ToList();
        Assert.DoesNotContain(false, same.Take(Cut));
        Assert.Contains(false, same.Skip(Cut));
        var champion = ModelArtefact.FromBytes(s_artefact, FeaturePipeline.PriceV1).ToNetwork();
        for (var i = Cut; i < with.Count; i++)
        {
            Assert.Equal(champion.Predict(s_batches[i].Features) * s_batches[i].Scale, Of(with[i], "batch").PredictedReturn);
            Assert.Equal(ModelArtefact.IdOf(s_artefact), Of(with[i], "batch").ModelId);
            Assert.Equal(63 + (i - Cut) + 1, Of(with[i], "hybrid").Steps);
            Assert.Equal(Of(without[i], "online").PredictedReturn, Of(with[i], "online").PredictedReturn);
        }

        Assert.NotEqual(Of(with[^1], "hybrid").PredictedReturn, Of(with[^1], "batch").PredictedReturn);
        Assert.Equal(1, fold.State.Promotions);
    }

    [Fact]
    public void Exchanging_its_model_changes_forecasts_from_its_time_on_and_none_before()
    {
        var one = Promoted(s_artefact);
        var other = Promoted(SampleModels.Artefact(11));
        for (var i = 0; i < one.Count; i++)
            Assert.Equal(i >= Cut, Of(one[i], "hybrid").PredictedReturn != Of(other[i], "hybrid").PredictedReturn);

        static IReadOnlyList<Forecast> Promoted(byte[] artefact)
        {
            var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
            fold.Publish("AAA", SampleModels.Promotion(artefact, EndOf(Cut)));
            return fold.Feed(s_batches.Skip(Cut)).Log.Of<Forecast>();
        }
    }

    [Fact]
    public void An_initial_model_from_before_the_stream_is_where_online_starts()
    {
        var fold = new FoldUnderTest();
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, 1, initial: true));
        var forecasts = fold.Feed(s_batches).Log.Of<Forecast>();
        var id = ModelArtefact.IdOf(s_artefact);
        foreach (var name in (string[])["online", "batch", "hybrid"]) Assert.Equal(id, Of(forecasts[0], name).ModelId);
        Assert.NotEqual(0.0, Of(forecasts[0], "online").PredictedReturn);
        Assert.Equal(Of(forecasts[^1], "online").PredictedReturn, Of(forecasts[^1], "hybrid").PredictedReturn);
        Assert.NotEqual(Of(forecasts[^1], "online").PredictedReturn, Of(forecasts[^1], "batch").PredictedReturn);
    }

    [Fact]
    public void One_that_comes_too_late_is_refused_and_changes_nothing()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
        var before = fold.Snapshot();
        var error = Assert.Throws<RecordDefectException>(
            () => fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut - 1))));
        Assert.Contains("AAA/1d/csv", error.Message);
        Assert.Contains("promote it again with a later one", error.Message);
        Assert.Equal(before, fold.Snapshot());
    }

    [Fact]
    public void A_repeated_one_is_taken_once_and_a_later_one_takes_the_waiting_ones_place()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
        var second = SampleModels.Artefact(9);
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut)));
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut)));
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.Duplicate));
        fold.Publish("AAA", SampleModels.Promotion(second, EndOf(Cut)));
        Assert.Equal(ModelArtefact.IdOf(second), Of(fold.Feed(s_batches.Skip(Cut)).Log.Of<Forecast>()[^1], "batch").ModelId);
        Assert.Equal(1, fold.State.Promotions);
    }

    [Fact]
    public void One_that_is_in_effect_and_comes_again_is_a_repeat()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
        var promotion = SampleModels.Promotion(s_artefact, EndOf(Cut));
        fold.Publish("AAA", promotion);
        fold.Feed(s_batches.Skip(Cut).Take(3));
        var before = fold.Snapshot();
        fold.Publish("AAA", promotion);
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.Duplicate));
        Assert.Equal(before, fold.Snapshot());
    }

    public static TheoryData<string> Damages => ["id", "truncated", "fingerprint", "NaN", "shape", "hybrid", "bytes"];

    [Theory, MemberData(nameof(Damages))]
    public void A_model_that_nobody_can_run_is_a_defect_that_says_why(string damage)
    {
        var good = SampleModels.Promotion(s_artefact, EndOf(Cut), s_stepped);
        var (bad, words) = damage switch
        {
            "id" => (good with { ModelId = new string('0', 64) }, "an artefact with id"),
            "truncated" => (Of(s_artefact[..^10]), "expected"),
            "fingerprint" => (Of(SampleModels.Artefact(1, pipeline: FeaturePipeline.PriceV1Market)), "fingerprint"),
            "NaN" => (Of(SampleModels.Artefact(1, spoil: float.NaN)), "finite"),
            "shape" => (Of(SampleModels.Artefact(1, hidden: 8)), "a network of"),
            "hybrid" => (good with { HybridArtefact = s_stepped.AsMemory(0, 100) }, "expected"),
            _ => (Of([1, 2, 3]), "expected"),
        };
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
        var before = fold.Snapshot();
        var error = Assert.Throws<RecordDefectException>(() => fold.Publish("AAA", bad));
        Assert.StartsWith("stock.micro-batches.v1@", error.Message);
        Assert.Contains(words, error.Message);
        Assert.Equal(before, fold.Snapshot());

        static ModelPromotion Of(byte[] artefact) => SampleModels.Promotion(artefact, EndOf(Cut));
    }

    [Fact]
    public void A_restart_between_promotion_and_effect_or_after_it_changes_nothing()
    {
        var whole = new FoldUnderTest().Feed(s_batches.Take(Cut));
        whole.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut + 10), s_stepped));
        var atPromotion = whole.Snapshot();
        whole.Feed(s_batches.Skip(Cut).Take(30));
        var afterEffect = whole.Snapshot();
        var end = whole.Feed(s_batches.Skip(Cut + 30)).Snapshot();
        foreach (var (snapshot, next) in new[] { (atPromotion, Cut), (afterEffect, Cut + 30) })
        {
            var restored = new FoldUnderTest().Feed(s_batches.Take(1));
            var reader = new StateReader(snapshot);
            restored.State.Read(ref reader);
            Assert.Equal(snapshot, restored.Snapshot());
            Assert.Equal(end, restored.Feed(s_batches.Skip(next)).Snapshot());
        }
    }

    [Fact]
    public void Rolling_back_is_a_promotion_of_the_model_before()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(Cut));
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut)));
        fold.Feed(s_batches.Skip(Cut).Take(20));
        fold.Publish("AAA", SampleModels.Promotion(SampleModels.Artefact(9), EndOf(Cut + 20)));
        fold.Feed(s_batches.Skip(Cut + 20).Take(20));
        fold.Publish("AAA", SampleModels.Promotion(s_artefact, EndOf(Cut + 40)));
        fold.Feed(s_batches.Skip(Cut + 40));
        Assert.Equal((ModelArtefact.IdOf(s_artefact), 3L), (fold.State.ChampionId, fold.State.Promotions));
    }

    static StrategyForecast Of(Forecast forecast, string strategy) => forecast.Strategies.Single(item => item.Strategy == strategy);
}
