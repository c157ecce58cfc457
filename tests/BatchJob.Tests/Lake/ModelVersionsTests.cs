using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;
using Kafka.Stock.Streaming;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>The lake's table of models, and what it keeps readable.</summary>
public sealed class ModelVersionsTests : IDisposable
{
    static readonly Lazy<SampleHistory> s_history = new(() => SampleHistory.Of(seed: 3, symbols: 2, memory: 0.35));
    static readonly Lazy<RetrainResult> s_result = new(() => s_history.Value.Retrain(new RetrainOptions()));
    readonly LakeUnderTest _lake = new();
    readonly Scratch _scratch = new();

    public void Dispose()
    {
        _scratch.Dispose();
        _lake.Dispose();
    }

    [Fact]
    public async Task Each_model_of_a_decision_is_a_row_with_its_range_numbers_artefact_and_the_versions_that_it_was_made_from()
    {
        await AppendAsync(s_result.Value, new LakeVersions(4, 2));
        var rows = await RowsAsync("concat_ws(' ', series, model_id, rows, \"trigger\", promoted, gate, bars_version, features_version)");
        Assert.Equal(
            s_result.Value.Decision.Models.Select(one => $"{one.Symbol}/1d/csv {one.ModelId} {one.Rows} month true off 4 2"), rows);

        var card = Card(s_result.Value.Promotions[0]);
        var decision = s_result.Value.Decision;
        var times = await RowsAsync(
            "concat_ws(' ', epoch_us(trained_from), epoch_us(trained_until), epoch_us(decided_at), epoch_us(effective_from))");
        Assert.Equal(
            $"{card.TrainFromUs} {decision.Models[0].TrainedUntilUs} {decision.DecidedAtUs} {decision.EffectiveFromUs}", times[0]);
        Assert.Equal("true", (await RowsAsync("CAST(candidate_loss < naive_loss AND champion_loss > 0 AS VARCHAR)"))[0]);
        var text = (await RowsAsync("decision"))[0];
        Assert.Equal(DecisionText.ToJson(decision with { Models = [] }), text);
        await _scratch.Store.PutAsync(s_result.Value, default);
        Assert.All(await RowsAsync("artefact"), path => Assert.True(File.Exists(path), path));
    }

    [Fact]
    public async Task A_candidate_that_was_not_promoted_is_a_row_without_artefact_and_a_model_without_lake_cites_nothing()
    {
        var refused = s_result.Value with
        {
            Decision = s_result.Value.Decision with { Promoted = false, Reason = "worse than no change" },
            Promotions = [],
        };
        await AppendAsync(refused, default);
        Assert.Equal(
            ["false - - - -", "false - - - -"],
            await RowsAsync(
                """
                concat_ws(' ', promoted, coalesce(artefact, '-'), coalesce(CAST(trained_from AS VARCHAR), '-'),
                    coalesce(CAST(bars_version AS VARCHAR), '-'), coalesce(CAST(features_version AS VARCHAR), '-'))
                """));
        Assert.Contains("worse than no change", (await RowsAsync("decision"))[0], StringComparison.Ordinal);
        Assert.Empty(await ModelVersions.CitedAsync(_lake.Lake, LakeTables.Bars, default));
    }

    [Fact]
    public async Task The_same_decision_again_adds_nothing_and_another_adds_its_own_rows()
    {
        await AppendAsync(s_result.Value, new LakeVersions(4, 2));
        await AppendAsync(s_result.Value, new LakeVersions(9, 9));
        Assert.Equal(2, (await RowsAsync("model_id")).Length);
        await AppendAsync(
            s_result.Value with { Decision = s_result.Value.Decision with { Trigger = RetrainTrigger.Drift } }, new LakeVersions(4, null));
        Assert.Equal(4, (await RowsAsync("model_id")).Length);
        Assert.Equal([4], await ModelVersions.CitedAsync(_lake.Lake, LakeTables.Bars, default));
        Assert.Equal([2], await ModelVersions.CitedAsync(_lake.Lake, LakeTables.Features, default));
        Assert.Empty(await ModelVersions.CitedAsync(_lake.Lake, LakeTables.Market, default));
    }

    [Fact]
    public async Task A_decision_without_a_model_makes_no_table()
    {
        await AppendAsync(new RetrainResult(new RetrainDecision { Interval = "1d", Gate = "failed" }, []), default);
        Assert.False(await _lake.Lake.HasAsync(LakeTables.Models, default));
        Assert.Empty(await ModelVersions.CitedAsync(_lake.Lake, LakeTables.Bars, default));
        Assert.Equal(default, await new ModelVersions(_lake.Lake).NewestAsync(default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vacuum_spares_the_versions_that_a_model_cites_and_those_alone(bool isCited)
    {
        var bars = SampleBars.RandomWalk(4, 120);
        await RebuildAsync(bars.Take(80));
        var cited = await new ModelVersions(_lake.Lake).NewestAsync(default);
        if (isCited) await AppendAsync(s_result.Value, cited);
        await RebuildAsync(bars.Skip(80).Take(20));
        await RebuildAsync(bars.Skip(100));

        var options = _lake.Lake.Options with { Clock = new FakeClock(TimeProvider.System.GetUtcNow().AddDays(8)) };
        Lake? later = null;
        later = new Lake(
            _lake.Lake.Store, _lake.Database,
            options with { CitedVersions = (table, cancellation) => ModelVersions.CitedAsync(later!, table, cancellation) });
        foreach (var (path, version) in new[] { (LakeTables.Bars, cited.Bars!.Value), (LakeTables.Features, cited.Features!.Value) })
        {
            var table = await later.OpenAsync(path, default);
            Assert.NotEmpty((await table.VacuumAsync(new VacuumOptions(), default)).Deleted);
            var old = await table.AtVersionAsync(version, default);
            Assert.Equal(isCited, old.Files.All(file => File.Exists(Path.Combine(_lake.Lake.Store.Root, path, file.Key))));
            Assert.True(table.Snapshot.Files.All(file => File.Exists(Path.Combine(_lake.Lake.Store.Root, path, file.Key))));
        }
    }

    [Fact]
    public async Task A_retrain_and_a_rollback_with_a_lake_are_rows_of_it()
    {
        await RebuildAsync(SampleBars.RandomWalk(5, 80));
        using var broker = EmbeddedBroker.Start(3);
        s_history.Value.PublishTo(broker.Options);
        var versions = new ModelVersions(_lake.Lake);
        var newest = await versions.NewestAsync(default);
        var job = new RetrainJob(
            broker.Options, _scratch.Store, new RetrainOptions(), TimeProvider.System,
            _ => Task.FromResult<Func<string, GateResult>>(_ => GateResult.Of(null, "silver.bars")), versions);
        var model = Assert.Single(await job.RetrainAsync(null, default)).Decision.Models[1].ModelId;
        await job.RollBackAsync(model[..12], default);
        await job.TrainInitialAsync(null, null, default);
        var rows = await RowsAsync("concat_ws(' ', symbol, \"trigger\", gate, coalesce(CAST(bars_version AS VARCHAR), '-'))");
        Assert.Equal(
            [
                $"S0 initial off {newest.Bars}", $"S0 month passed {newest.Bars}", $"S1 initial off {newest.Bars}",
                $"S1 month passed {newest.Bars}", "S1 rollback off -",
            ],
            rows);
    }

    Task AppendAsync(RetrainResult result, LakeVersions madeFrom) => new ModelVersions(_lake.Lake).AppendAsync(
        [result], _scratch.Store, new RetrainOptions().Trainer.Pipeline, madeFrom, default);

    Task<string[]> RowsAsync(string column) =>
        _lake.RowsAsync(LakeTables.Models, $"SELECT {column} FROM TABLE ORDER BY series, \"trigger\"");

    async Task RebuildAsync(IEnumerable<SourceBar> bars)
    {
        _lake.Feed(bars);
        await _lake.SyncAsync();
        await _lake.RebuildAsync();
    }

    static ModelCard Card(ModelPromotion promotion) => ModelCard.Of(
        ModelArtefact.FromBytes(promotion.Artefact.Span, new RetrainOptions().Trainer.Pipeline).Metadata);
}
