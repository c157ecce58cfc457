using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

public sealed class LakeRebuildTests : IDisposable
{
    readonly LakeUnderTest _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task As_served_bars_equal_the_Topologys()
    {
        _lake.Feed(SampleBars.RandomWalk(1, 90));
        SampleTicks.Feed(_lake, seed: 2, days: 2, minutes: 70);
        await _lake.SyncAsync();
        await _lake.RebuildAsync();

        var expected = _lake.Stream().Of<Bar>()
            .OrderBy(bar => bar.Series).ThenBy(bar => bar.EndUs)
            .Select(bar => string.Join(
                ' ', bar.Series, bar.StartUs, bar.EndUs, Text(bar.Open), Text(bar.High), Text(bar.Low), Text(bar.Close),
                bar.Volume, bar.Ticks));
        var found = await _lake.RowsAsync(
            LakeTables.Bars,
            """
            SELECT concat_ws(' ', series, epoch_us(start), epoch_us("end"), open, high, low, close, volume, ticks) FROM TABLE
            WHERE "view" = 'as_served' ORDER BY series, "end"
            """);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Golds_features_and_labels_equal_the_online_ones_to_the_bit()
    {
        _lake.Feed(SampleBars.RandomWalk(3, 120));
        SampleTicks.Feed(_lake, seed: 4, days: 2, minutes: 80);
        await _lake.SyncAsync();
        await _lake.RebuildAsync();

        var online = _lake.Stream().Of<MicroBatch>();
        Assert.NotEmpty(online);
        var labels = online.Where(batch => batch.Rows.Count > 0)
            .ToDictionary(batch => (batch.Series, batch.Rows[^1].BarEndUs), batch => batch.Rows[^1]);
        var expected = online.OrderBy(batch => batch.Series).ThenBy(batch => batch.BarEndUs).Select(batch =>
        {
            var label = labels.GetValueOrDefault((batch.Series, batch.BarEndUs));
            return (batch.Series, batch.BarEndUs, batch.Features, label);
        });
        var exact = await ExactAsync();
        Assert.Equal(online.Count, exact.Count);
        foreach (var (series, endUs, features, label) in expected)
        {
            var row = exact[(series.ToString(), endUs)];
            Assert.Equal(features, row.Features);
            Assert.Equal(label?.TargetReturn, row.Label);
        }
    }

    [Fact]
    public async Task A_second_rebuild_commits_nothing_and_a_full_one_gives_the_same_files()
    {
        _lake.Feed(SampleBars.RandomWalk(5, 400));
        SampleTicks.Feed(_lake, seed: 6, days: 2, minutes: 70, symbol: "BBB");
        await _lake.SyncAsync();
        var first = await _lake.RebuildAsync();
        var files = await _lake.FilesAsync(LakeTables.Bars);

        var second = await _lake.RebuildAsync();
        var full = await _lake.RebuildAsync(isFull: true, workers: 1);

        Assert.True(first.IsFull);
        Assert.False(second.IsFull);
        Assert.Equal(0, second.Records);
        Assert.Equal((first.BarsVersion, first.FeaturesVersion), (second.BarsVersion, second.FeaturesVersion));
        Assert.Equal((first.BarsVersion, first.FeaturesVersion), (full.BarsVersion, full.FeaturesVersion));
        Assert.Equal(files, await _lake.FilesOfFullRebuildAsync(LakeTables.Bars));
    }

    static string Text(Price price) => price.ToDecimal().ToString("F6", System.Globalization.CultureInfo.InvariantCulture);

    async Task<Dictionary<(string Series, long EndUs), (float[] Features, double? Label)>> ExactAsync()
    {
        var table = await _lake.Lake.OpenAsync(LakeTables.Features, default);
        using var scan = await Lakehouse.TableScan.OpenAsync(table, table.Snapshot, [], default);
        using var connection = _lake.Database.Connect();
        var names = Learning.FeaturePipeline.PriceV1.FeatureNames.Select(name => $"\"{LakeTables.FeatureColumn(name)}\"").ToList();
        using var rows = connection.Query(
            $"SELECT series, \"end\", label, {string.Join(", ", names)} FROM {scan.Relation} WHERE fingerprint IS NOT NULL");
        var found = new Dictionary<(string, long), (float[], double?)>();
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                var features = new float[names.Count];
                for (var i = 0; i < features.Length; i++) features[i] = rows[3 + i].Values<float>()[row];
                double? label = rows[2].IsNull(row) ? null : rows[2].Values<double>()[row];
                found[(rows[0].Text(row)!, rows[1].Values<long>()[row])] = (features, label);
            }
        }

        return found;
    }
}
