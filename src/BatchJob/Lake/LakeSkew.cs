using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Compares the features that the Trainer was given, as bronze/micro_batches keeps them, with gold's, bit by bit.</summary>
/// <param name="lake">The lake.</param>
/// <param name="pipeline">The features.</param>
/// <remarks>Rows stream: memory doesn't grow with them, but for DuckDB's join of the keys.</remarks>
public sealed class LakeSkew(Lake lake, FeaturePipeline pipeline)
{
    const int SamplesMax = 20;
    const int FixedColumns = 5;

    readonly List<SkewDifference> _samples = [];
    readonly long[] _byFeature = new long[pipeline.Width];
    long _rows;
    long _missing;
    long _differences;

    /// <summary>Compares all rows.</summary>
    /// <exception cref="BrokenInputException">A table isn't there, or can't be read.</exception>
    /// <exception cref="RefusedException">Rows were made by another pipeline.</exception>
    public async Task<SkewReport> RunAsync(CancellationToken cancellation)
    {
        var batches = await lake.OpenAsync(LakeTables.MicroBatches, cancellation);
        var features = await lake.OpenAsync(LakeTables.Features, cancellation);
        using var online = await TableScan.OpenAsync(batches, batches.Snapshot, [], cancellation);
        using var gold = await TableScan.OpenAsync(features, features.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        var refreshes = Refreshes(connection, online.Relation, cancellation);
        Compare(connection, online.Relation, gold.Relation, cancellation);
        var byFeature = pipeline.FeatureNames.Zip(_byFeature).Where(one => one.Second > 0).ToList();
        return new SkewReport(_rows, refreshes, _missing, _differences, byFeature, _samples);
    }

    static long Refreshes(DuckConnection connection, string online, CancellationToken cancellation)
    {
        using var rows = connection.Query($"SELECT count(*) FROM {online} WHERE body IS NULL AND provisional", cancellation);
        return rows.Read() ? rows[0].Values<long>()[0] : 0;
    }

    void Compare(DuckConnection connection, string online, string gold, CancellationToken cancellation)
    {
        var columns = string.Join(", ", pipeline.FeatureNames.Select(name => $"gold.{Sql.Name(LakeTables.FeatureColumn(name))}"));
        using var rows = connection.Query(
            $"""
            SELECT online.series, online.bar_end, online.fingerprint, online.features, gold.fingerprint IS NOT NULL, {columns}
            FROM {online} AS online LEFT JOIN {gold} AS gold ON gold.series = online.series AND gold."end" = online.bar_end
            WHERE online.body IS NULL AND NOT online.provisional
            ORDER BY online.topic, online.partition, online."offset"
            """,
            cancellation);
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++) Compare(rows, row);
        }
    }

    void Compare(DuckResult rows, int row)
    {
        _rows++;
        var series = rows[0].Text(row)!;
        var endUs = rows[1].Values<long>()[row];
        var fingerprint = rows[2].Values<long>()[row];
        if (fingerprint != pipeline.Fingerprint)
        {
            throw new RefusedException(
                $"{LakeTables.MicroBatches}, {series} at {endUs} us", $"feature fingerprint {fingerprint:x16}",
                $"{pipeline.Fingerprint:x16}, that of {pipeline.Name}: the pipeline of the stream is to be given");
        }

        var online = rows[3].Elements.Values<float>()[rows[3].ElementsOf(row)];
        var isThere = rows[4].Values<bool>()[row];
        if (!isThere) _missing++;
        for (var i = 0; i < online.Length; i++)
        {
            float? gold = isThere ? rows[FixedColumns + i].Values<float>()[row] : null;
            if (gold is { } value && BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits(online[i])) continue;
            _differences++;
            _byFeature[i]++;
            if (_samples.Count < SamplesMax) _samples.Add(new SkewDifference(series, endUs, pipeline.FeatureNames[i], online[i], gold));
        }
    }
}
