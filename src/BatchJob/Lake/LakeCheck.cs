using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>The quality gate over the as-served bars that are new since its last pass; each pass is rows of quality/checks.</summary>
/// <param name="lake">The lake.</param>
/// <param name="options">Levels and bounds.</param>
/// <param name="calendar">Sessions of all series.</param>
/// <param name="acknowledged">Rows that may break rules.</param>
/// <remarks>For an interval that failed a pass doesn't count as one: the next begins where it began, until its rows are acknowledged.
/// The other intervals go on.</remarks>
public sealed class LakeCheck(Lake lake, QualityOptions options, ITradingCalendar calendar, AcknowledgedRows acknowledged)
{
    const string App = "lake/quality/checks";

    /// <summary>A row a check and pass.</summary>
    public static TableDefinition Definition { get; } = LakeTables.Define(
        [],
        [
            new("pass", DeltaType.Int64), new("checked_at", DeltaType.Timestamp), new("bars_version", DeltaType.Int64),
            new("check", DeltaType.Text), new("rule", DeltaType.Text), new("level", DeltaType.Text), new("status", DeltaType.Text),
            new("rows", DeltaType.Int64), new("bad", DeltaType.Int64), new("acknowledged", DeltaType.Int64), new("samples", DeltaType.Text),
        ]);

    /// <summary>Checks what is new.</summary>
    /// <exception cref="RefusedException">There is no silver yet.</exception>
    public async Task<CheckPass> RunAsync(CancellationToken cancellation)
    {
        if (!await lake.HasAsync(LakeTables.Bars, cancellation))
            throw new RefusedException($"{lake.Store.Root}/{LakeTables.Bars}", "no table", "bars: kstock lake rebuild comes first");
        var bars = await lake.OpenAsync(LakeTables.Bars, cancellation);
        var checks = await lake.OpenOrCreateAsync(LakeTables.Checks, Definition, cancellation);
        var last = checks.Snapshot.ProgressOf(App) ?? 0;
        var tails = QualityTails.Read(await lake.Store.GetAsync(QualityTails.Key, cancellation), last);
        var gates = new IntervalGates(options, _ => calendar, await ActionsAsync(cancellation), acknowledged, tails);
        var (rows, presentUs) = await AddAsync(gates, bars, tails, cancellation);
        var reports = gates.Complete(presentUs);
        if (rows == 0 && tails.Count > 0) return new CheckPass(last, bars.Snapshot.Version, 0, null, reports);

        var pass = new CheckPass(last + 1, bars.Snapshot.Version, rows, reports.Whole, reports);
        await AppendAsync(checks, pass, cancellation);
        await lake.Store.PutAsync(QualityTails.Key, QualityTails.Write(pass.Number, gates.TailsAfter(reports)), cancellation);
        return pass;
    }

    async Task<(long Rows, long? PresentUs)> AddAsync(
        IntervalGates gates, DeltaTable bars, IReadOnlyList<SeriesTail> tails, CancellationToken cancellation)
    {
        var ends = tails.ToDictionary(tail => tail.Series.ToString(), tail => tail.EndUs, StringComparer.Ordinal);
        using var scan = await TableScan.OpenAsync(bars, bars.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        using var rows = connection.Query(
            $"""
            SELECT series, start, "end", open, high, low, close, volume, topic, partition, "offset", known_at
            FROM {scan.Relation} WHERE "view" = '{LakeTables.AsServed}' ORDER BY series, "end"
            """,
            cancellation);
        var count = 0L;
        long? presentUs = null;
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                var series = rows[0].Text(row)!;
                var endUs = rows[2].Values<long>()[row];
                presentUs = Math.Max(presentUs ?? endUs, endUs);
                if (ends.TryGetValue(series, out var seen) && endUs <= seen) continue;
                var place = string.Create(CultureInfo.InvariantCulture, $"{rows[8].Text(row)}[{rows[9].Values<int>()[row]}]");
                gates.Add(new QualityRow(
                    SeriesId.Parse(series), rows[1].Values<long>()[row], endUs, PriceOf(rows, 3, row), PriceOf(rows, 4, row),
                    PriceOf(rows, 5, row), PriceOf(rows, 6, row), rows[7].IsNull(row) ? null : rows[7].Values<long>()[row],
                    RowPlace.Offset(place, rows[10].Values<long>()[row])));
                count++;
            }
        }

        return (count, presentUs);
    }

    static Price? PriceOf(DuckResult rows, int column, int row) =>
        rows[column].IsNull(row) ? null : new Price(rows[column].Values<long>()[row]);

    async Task<IReadOnlyList<CorporateAction>> ActionsAsync(CancellationToken cancellation)
    {
        if (!await lake.HasAsync(LakeTables.Market, cancellation)) return [];
        var market = await lake.OpenAsync(LakeTables.Market, cancellation);
        using var scan = await TableScan.OpenAsync(
            market, market.Snapshot, [new RowFilter("kind", Comparison.Equal, MarketKinds.CorporateAction)], cancellation);
        using var connection = lake.Database.Connect();
        var actions = new List<CorporateAction>();
        var names = new NamePool();
        new MarketLog(connection, scan.Relation).Read(
            $"kind = '{MarketKinds.CorporateAction}' AND body IS NULL",
            (in LakeRecord record) =>
            {
                CorporateAction action = default;
                AvroBody.Read(record.Body, names, ref action);
                actions.Add(action);
            },
            cancellation);
        return actions;
    }

    async Task AppendAsync(DeltaTable checks, CheckPass pass, CancellationToken cancellation)
    {
        var nowUs = (lake.Options.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        using var report = JsonDocument.Parse(pass.Report!.ToJson());
        var rows = report.RootElement.GetProperty("checks").EnumerateArray().Select((check, i) =>
            $"({i}, {pass.Number}, make_timestamptz({nowUs}), {pass.BarsVersion}, {Text(check, "name")}, {Text(check, "rule")}, "
                + $"{Text(check, "level")}, {Text(check, "status")}, {Raw(check, "rows")}, {Raw(check, "bad")}, "
                + $"{Raw(check, "acknowledged")}, {Sql.Literal(Raw(check, "samples"))})");
        var names = string.Join(", ", Definition.Schema.Fields.Select(field => Sql.Name(field.Name)));
        using var connection = lake.Database.Connect();
        var select = new StringBuilder("SELECT * FROM (VALUES ").AppendJoin(", ", rows)
            .Append(CultureInfo.InvariantCulture, $") AS one(\"_order\", {names}) ORDER BY \"_order\"").ToString();
        var files = await LayerFiles.WriteAsync(checks, Definition, connection, select, cancellation);
        await checks.AppendAsync(files, [new AppTransaction(App, pass.Number)], cancellation);
    }

    static string Raw(JsonElement check, string name) => check.GetProperty(name).GetRawText();

    static string Text(JsonElement check, string name) => Sql.Literal(check.GetProperty(name).GetString()!);
}
