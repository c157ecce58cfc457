using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>The lake's table of models: a row each time that one was made or put in place, with the versions that it was made
/// from.</summary>
/// <remarks>Those versions stay readable: <see cref="CitedAsync"/> is what a lake's <see cref="LakeOptions.CitedVersions"/> asks.</remarks>
/// <param name="lake">The lake.</param>
public sealed class ModelVersions(Lake lake)
{
    /// <summary>A row a model and decision.</summary>
    public static TableDefinition Definition { get; } = LakeTables.Define(
        [],
        [
            new("model_id", DeltaType.Text), new("series", DeltaType.Text), new("symbol", DeltaType.Text), new("source", DeltaType.Text),
            new("interval", DeltaType.Text), new("trained_from", DeltaType.Timestamp), new("trained_until", DeltaType.Timestamp),
            new("rows", DeltaType.Int64), new("trigger", DeltaType.Text), new("promoted", DeltaType.Truth),
            new("decided_at", DeltaType.Timestamp), new("effective_from", DeltaType.Timestamp), new("gate", DeltaType.Text),
            new("candidate_loss", DeltaType.Float64), new("champion_loss", DeltaType.Float64), new("naive_loss", DeltaType.Float64),
            new("decision", DeltaType.Text), new("artefact", DeltaType.Text), new("bars_version", DeltaType.Int64),
            new("features_version", DeltaType.Int64),
        ]);

    /// <summary>The tables that rows cite, with the column that says the version.</summary>
    static readonly (string Table, string Column)[] s_cited =
        [(LakeTables.Bars, "bars_version"), (LakeTables.Features, "features_version")];

    /// <summary>Versions of a table that models cite; none for a table that no model is made from.</summary>
    /// <exception cref="BrokenInputException">The table of models can't be read: nothing may be deleted then.</exception>
    public static async Task<IReadOnlyCollection<long>> CitedAsync(Lake lake, string table, CancellationToken cancellation)
    {
        var column = s_cited.FirstOrDefault(one => one.Table == table).Column;
        if (column is null || !await lake.HasAsync(LakeTables.Models, cancellation)) return [];
        var models = await lake.OpenAsync(LakeTables.Models, cancellation);
        using var scan = await TableScan.OpenAsync(models, models.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        using var rows = connection.Query(
            $"SELECT DISTINCT {column} FROM {scan.Relation} WHERE {column} IS NOT NULL ORDER BY 1", cancellation);
        var versions = new List<long>();
        while (rows.Read()) versions.AddRange(rows[0].Values<long>());
        return versions;
    }

    /// <summary>The newest versions of the tables that a model is made from.</summary>
    public async Task<LakeVersions> NewestAsync(CancellationToken cancellation) =>
        new(await NewestAsync(LakeTables.Bars, cancellation), await NewestAsync(LakeTables.Features, cancellation));

    /// <summary>Adds the models of decisions, in one commit; those that are there already are left out, so it can be done again.</summary>
    /// <param name="results">The decisions; those without a model add nothing.</param>
    /// <param name="store">Where the promoted artefacts lie.</param>
    /// <param name="pipeline">The pipeline of their features.</param>
    /// <param name="madeFrom">What they were made from.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RefusedException">There is a table of other columns.</exception>
    public async Task AppendAsync(
        IReadOnlyList<RetrainResult> results, ModelStore store, FeaturePipeline pipeline, LakeVersions madeFrom,
        CancellationToken cancellation)
    {
        var rows = results.SelectMany(result => RowsOf(result, store, pipeline, madeFrom)).ToList();
        if (rows.Count == 0) return;
        var table = await lake.OpenOrCreateAsync(LakeTables.Models, Definition, cancellation);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        var columns = string.Join(", ", Definition.Schema.Fields.Select(field => Sql.Name(field.Name)));
        var select =
            $"""
            SELECT {columns} FROM (VALUES {string.Join(",\n", rows)}) AS new({columns}) WHERE NOT EXISTS (
                SELECT 1 FROM {scan.Relation} AS old WHERE old.model_id = new.model_id AND old.series = new.series
                    AND old."trigger" = new."trigger" AND old.decided_at = new.decided_at)
            ORDER BY decided_at, series
            """;
        var files = await LayerFiles.WriteAsync(table, Definition, connection, select, cancellation);
        if (files.Count > 0) await table.AppendAsync(files, [], cancellation);
    }

    static IEnumerable<string> RowsOf(RetrainResult result, ModelStore store, FeaturePipeline pipeline, LakeVersions madeFrom)
    {
        var (decision, promotions) = result;
        var text = DecisionText.ToJson(decision with { Models = [] });
        var fromUs = promotions.ToDictionary(one => one.ModelId, one => TrainedFromUs(one, pipeline), StringComparer.Ordinal);
        foreach (var model in decision.Models)
        {
            var series = new SeriesId(model.Symbol, decision.Interval, model.Source).ToString();
            string[] cells =
            [
                Sql.Literal(model.ModelId), Sql.Literal(series), Sql.Literal(model.Symbol), Sql.Literal(model.Source),
                Sql.Literal(decision.Interval), Time(fromUs.GetValueOrDefault(model.ModelId)), Time(model.TrainedUntilUs),
                Whole(model.Rows), Sql.Literal(decision.Trigger), decision.Promoted ? "true" : "false", Time(decision.DecidedAtUs),
                Time(decision.EffectiveFromUs), Sql.Literal(decision.Gate), Real(decision.CandidateLoss), Real(decision.ChampionLoss),
                Real(decision.NaiveLoss), Sql.Literal(text),
                decision.Promoted ? Sql.Literal(store.PathOf(model.ModelId)) : "CAST(NULL AS VARCHAR)",
                Whole(madeFrom.Bars), Whole(madeFrom.Features),
            ];
            yield return $"({string.Join(", ", cells)})";
        }
    }

    /// <summary>Only a promoted model has its artefact kept, which says where its rows begin.</summary>
    static long? TrainedFromUs(ModelPromotion promotion, FeaturePipeline pipeline) =>
        promotion.Fingerprint != pipeline.Fingerprint
            ? null
            : ModelCard.Of(ModelArtefact.FromBytes(promotion.Artefact.Span, pipeline).Metadata).TrainFromUs;

    async Task<long?> NewestAsync(string table, CancellationToken cancellation) =>
        await lake.HasAsync(table, cancellation) ? (await lake.OpenAsync(table, cancellation)).Snapshot.Version : null;

    static string Time(long? us) => us is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"make_timestamptz({time})")
        : "CAST(NULL AS TIMESTAMPTZ)";

    static string Whole(long? number) =>
        $"CAST({number?.ToString(CultureInfo.InvariantCulture) ?? "NULL"} AS BIGINT)";

    static string Real(double? number) =>
        $"CAST({number?.ToString("R", CultureInfo.InvariantCulture) ?? "NULL"} AS DOUBLE)";
}
