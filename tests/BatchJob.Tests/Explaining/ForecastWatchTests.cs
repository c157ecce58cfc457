using System.Security.Cryptography;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Explaining;

public sealed class ForecastWatchTests
{
    static readonly SeriesId s_series = new("S1", "1d", "csv");

    [Fact]
    public void It_shows_what_the_forecast_was_made_from()
    {
        var records = SampleWalks.Of(21, 440, 2, memory: 0.35);
        var log = Simulated.Run(records, new SimulationOptions());
        var forecast = log.Of<Forecast>().Where(one => one.Series == s_series).ElementAt(370);
        var it = Explain(records, forecast.MadeAtUs);

        var batch = log.Of<MicroBatch>().Single(one => one.Series == s_series && one.BarEndUs == forecast.MadeAtUs);
        Assert.Equal("S1/1d/csv", it.Series);
        Assert.Equal(batch.Features, it.Features.Select(feature => feature.Value));
        Assert.Equal(FeaturePipeline.PriceV1.FeatureNames, it.Features.Select(feature => feature.Name));
        Assert.Equal(batch.Rows.Select(row => row.TargetReturn), it.Rows.Select(row => row.TargetReturn));
        Assert.True(it.Rows[^1].IsNewest);
        Assert.Equal(forecast.Strategies.Select(one => (one.Strategy, one.PredictedClose, one.Weight, one.ModelId, one.Steps)),
            it.Strategies.Select(one => (one.Strategy, one.PredictedClose, one.Weight, one.ModelId, one.Steps)));
        var promotions = log.Of<ModelPromotion>().Where(one => one.Series == s_series && one.EffectiveFromUs <= forecast.MadeAtUs).ToList();
        Assert.NotEmpty(promotions);
        Assert.Equal(promotions.Select(one => one.ModelId), it.Promotions.Select(one => one.ModelId));
        Assert.Equal(431, it.Bars);
        Assert.Equal(370, it.Scores);
    }

    [Fact]
    public void The_hash_is_that_of_the_state_right_after_the_forecast()
    {
        var records = SampleWalks.Of(5, 100, 2);
        var at = ((SourceBar)records[2 * 80]).EndUs;
        var until = records.Take((2 * 80) + 2).ToList(); // both bars of that day
        var simulation = Simulated.Run(until, new SimulationOptions { Schedule = RetrainSchedule.Never }, new ForecastJournal());
        Assert.True(simulation.TrainerStates.TryGet(s_series, out var trainer));
        var bytes = new byte[trainer.StateBytes];
        var writer = new StateWriter(bytes);
        trainer.Write(ref writer);
        var expected = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, writer.Position)));
        var it = Explain(records, at);
        Assert.Equal(expected, it.TrainerStateSha256);
        Assert.Equal(it.TrainerStateSha256, Explain(records, at).TrainerStateSha256);
        Assert.NotEqual(it.TrainerStateSha256, Explain(records, ((SourceBar)records[2 * 81]).EndUs).TrainerStateSha256);
        Assert.NotEqual(it.TrainerStateSha256, it.TopologyStateSha256);
    }

    [Fact]
    public void A_forecast_that_was_never_made_is_not_found_and_the_range_is_told()
    {
        var watch = new ForecastWatch(s_series, _ => false);
        Simulated.Run(SampleWalks.Of(5, 70, 2), new SimulationOptions { Schedule = RetrainSchedule.Never }, watch);
        Assert.False(watch.IsFound);
        Assert.True(watch.Seen is { } seen && seen.FirstUs < seen.LastUs);
        Assert.Null(new ForecastWatch(s_series, _ => true).Seen);
    }

    static Explanation Explain(IReadOnlyList<object> records, long madeAtUs)
    {
        var watch = new ForecastWatch(s_series, at => at == madeAtUs);
        var simulation = new Simulation(new SimulationOptions(), watch);
        foreach (var record in records)
        {
            Simulated.Apply(simulation, record);
            if (watch.IsFound) break;
        }

        Assert.True(simulation.TopologyStates.TryGet(s_series, out var topology) & simulation.TrainerStates.TryGet(
            s_series, out var trainer));
        return watch.Explain(topology!, trainer!, FeaturePipeline.PriceV1);
    }
}
