using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    static readonly Lazy<RetrainResult> s_result = new(
        () => SampleHistory.Of(seed: 3, symbols: 2, memory: 0.35).Retrain(new RetrainOptions()));
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_model_comes_back_with_its_hybrid_by_its_id_or_the_beginning_of_it()
    {
        await _scratch.Store.PutAsync(s_result.Value, CancellationToken.None);
        foreach (var promotion in s_result.Value.Promotions)
        {
            foreach (var version in new[] { promotion.ModelId, promotion.ModelId[..12] })
            {
                var model = await _scratch.Store.GetAsync(version, CancellationToken.None);
                Assert.Equal((promotion.Series, promotion.ModelId, promotion.TrainedUntilUs, promotion.Fingerprint),
                    (model.Series, model.ModelId, model.TrainedUntilUs, model.Fingerprint));
                Assert.True(promotion.Artefact.Span.SequenceEqual(model.Artefact.Span));
                Assert.True(promotion.HybridArtefact.Span.SequenceEqual(model.HybridArtefact.Span));
            }
        }

        var file = await File.ReadAllBytesAsync(_scratch.PathTo($"models/{s_result.Value.Promotions[0].ModelId}.safetensors"));
        Assert.Equal(s_result.Value.Promotions[0].ModelId, ModelArtefact.IdOf(file));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_their_name_are_broken_input()
    {
        await _scratch.Store.PutAsync(s_result.Value, CancellationToken.None);
        var id = s_result.Value.Promotions[0].ModelId;
        var path = _scratch.PathTo($"models/{id}.safetensors");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        var error = await Assert.ThrowsAsync<BrokenInputException>(() => _scratch.Store.GetAsync(id, CancellationToken.None));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, bytes[..100]);
        await Assert.ThrowsAsync<BrokenInputException>(() => _scratch.Store.GetAsync(id, CancellationToken.None));
        File.Delete(path);
        await Assert.ThrowsAsync<BrokenInputException>(() => _scratch.Store.GetAsync(id, CancellationToken.None));
        await File.WriteAllTextAsync(_scratch.PathTo($"models/{id}.json"), "{}");
        await Assert.ThrowsAsync<BrokenInputException>(() => _scratch.Store.GetAsync(id, CancellationToken.None));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0000000000")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task A_version_that_names_no_model_is_wrong_usage(string version)
    {
        await _scratch.Store.PutAsync(s_result.Value, CancellationToken.None);
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => _scratch.Store.GetAsync(version, CancellationToken.None));
        Assert.Contains("kstock batch history", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decisions_come_back_in_the_order_of_time_with_all_their_numbers()
    {
        var decided = s_result.Value.Decision;
        var earlier = new RetrainDecision { Interval = "1m", DecidedAtUs = decided.DecidedAtUs - 1_000_000, Reason = "too \"few\" rows" };
        await _scratch.Store.PutAsync(decided, CancellationToken.None);
        await _scratch.Store.PutAsync(earlier, CancellationToken.None);
        var found = await _scratch.Store.DecisionsAsync(CancellationToken.None);
        Assert.Equal([earlier, decided], found, (one, other) => DecisionText.ToJson(one) == DecisionText.ToJson(other));
        Assert.Equal(decided.CandidateLoss, found[1].CandidateLoss);
        Assert.Null(found[0].CandidateLoss);
    }

    [Fact]
    public async Task A_decision_that_is_none_is_named()
    {
        Directory.CreateDirectory(_scratch.PathTo("decisions/1d"));
        await File.WriteAllTextAsync(_scratch.PathTo("decisions/1d/20100101T000000Z-month.json"), "{\"interval\": 7}");
        var error = await Assert.ThrowsAsync<BrokenInputException>(() => _scratch.Store.DecisionsAsync(CancellationToken.None));
        Assert.Contains("20100101T000000Z-month.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_store_has_no_decision_and_no_last_run()
    {
        Assert.Empty(await _scratch.Store.DecisionsAsync(CancellationToken.None));
        Assert.Null(await _scratch.Store.LastRunAsync(CancellationToken.None));
        await _scratch.Store.PutAsync(new LastRun(7, Succeeded: false), CancellationToken.None);
        Assert.Equal(new LastRun(7, Succeeded: false), await _scratch.Store.LastRunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task One_retrain_at_a_time()
    {
        var clock = new FakeClock(new DateTimeOffset(2020, 1, 1, 6, 0, 0, TimeSpan.Zero));
        await using (await RetrainLease.TakeAsync(_scratch.Store.Objects, clock, CancellationToken.None))
        {
            var error = await Assert.ThrowsAsync<RefusedException>(
                () => RetrainLease.TakeAsync(_scratch.Store.Objects, clock, CancellationToken.None));
            Assert.Contains($"process {Environment.ProcessId} on ", error.Message, StringComparison.Ordinal);
            Assert.Contains("since 2020-01-01T06:00:00", error.Message, StringComparison.Ordinal);
            Assert.Contains(_scratch.PathTo(RetrainLease.Key), error.Message, StringComparison.Ordinal);
        }

        await using var again = await RetrainLease.TakeAsync(_scratch.Store.Objects, clock, CancellationToken.None);
    }
}
