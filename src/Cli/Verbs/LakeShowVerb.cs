using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake show</c> and <c>history</c>: what a Delta table is, and how it became that.</summary>
static class LakeShowVerb
{
    public static Command Build()
    {
        var path = TablePath.Argument();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var version = new Option<long?>("--version") { Description = "The table as of this version.", HelpName = "N" };
        var timestamp = new Option<string?>("--timestamp")
        {
            Description = "The table as of this time: YYYY-MM-DD HH:MM:SS, or with T and Z; UTC.",
            HelpName = "time",
        };
        var verb = Verb.Create(
            "show",
            """
            Version, rows, files, schema and partition columns of a table, ours or anybody's.
            Exit code 3 for a feature that isn't understood, 4 for a broken table.

            Examples:
              kstock lake show gold.features
              kstock lake show /data/other-table --json --version 3
            """,
            SettingTable.Lakehouse,
            async (context, cancellation) =>
            {
                var time = TimeUs(context, context.Parse.GetValue(timestamp));
                var at = context.Parse.GetValue(version);
                if (at is not null && time is not null) context.Problem("--version and --timestamp: found both; expected one of them");
                if (at < 0) context.Problem($"--version: found {at}; expected 0 or more");
                return await TablePath.WorkAsync(context, path, async opened =>
                {
                    var snapshot = at is not null ? await opened.AtVersionAsync(at.Value, cancellation)
                        : time is not null ? await opened.AtTimeAsync(time.Value, cancellation) : opened.Snapshot;
                    var rows = await RowsAsync(opened, snapshot, cancellation);
                    await Console.Out.WriteLineAsync(context.Parse.GetValue(json) ? ToJson(snapshot, rows) : ToText(snapshot, rows));
                }, cancellation);
            });
        foreach (var option in (IEnumerable<Option>)[json, version, timestamp]) verb.Add(option);
        verb.Add(path);
        return verb;
    }

    public static Command BuildHistory()
    {
        var path = TablePath.Argument();
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var verb = Verb.Create(
            "history",
            "The commits of a table that its log still has, newest first.\n\nExample:\n  kstock lake history gold.features",
            SettingTable.Lakehouse,
            (context, cancellation) => TablePath.WorkAsync(context, path, async opened =>
            {
                await foreach (var entry in opened.HistoryAsync(cancellation))
                {
                    await Console.Out.WriteLineAsync(context.Parse.GetValue(json) ? ToJson(entry) : ToText(entry));
                }
            }, cancellation));
        verb.Add(json);
        verb.Add(path);
        return verb;
    }

    static long? TimeUs(VerbContext context, string? text)
    {
        if (text is null) return null;
        if (PartitionText.TryReadTimestamp(text, out var timeUs)) return timeUs;
        context.Problem($"--timestamp: found {text}; expected YYYY-MM-DD HH:MM:SS, UTC");
        return null;
    }

    /// <summary>By the files' statistics, else counted; null where neither works, because the data files aren't there or lie outside of
    /// the table.</summary>
    static async Task<long?> RowsAsync(DeltaTable table, Snapshot snapshot, CancellationToken cancellation)
    {
        if (snapshot.RowCount is { } rows) return rows;
        try
        {
            using var scan = await TableScan.OpenAsync(table, snapshot, [], cancellation);
            using var connection = table.Lake.Database.Connect();
            using var result = connection.Query($"SELECT count(*) FROM {scan.Relation}", cancellation);
            return result.Read() ? result[0].Values<long>()[0] : null;
        }
        catch (Exception error) when (error is BrokenInputException or RefusedException)
        {
            await Console.Error.WriteLineAsync($"kstock: rows unknown: {error.Message}");
            return null;
        }
    }

    static string ToJson(Snapshot snapshot, long? rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", snapshot.Version);
            if (rows is { } count) json.WriteNumber("num_rows", count);
            else json.WriteNull("num_rows");
            json.WriteNumber("num_active_files", snapshot.FileCount);
            json.WritePropertyName("schema");
            if (snapshot.HasSchema) json.WriteRawValue(SchemaJson.Write(snapshot.Schema));
            else json.WriteNullValue();
            json.WriteStartArray("partition_columns");
            foreach (var column in snapshot.PartitionColumns) json.WriteStringValue(column);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static string ToText(Snapshot snapshot, long? rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"table      {snapshot.Where}");
        text.AppendLine(CultureInfo.InvariantCulture, $"version    {snapshot.Version}");
        text.AppendLine(CultureInfo.InvariantCulture, $"rows       {rows?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown"}");
        text.AppendLine(CultureInfo.InvariantCulture, $"files      {snapshot.FileCount:N0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"partition  {string.Join(", ", snapshot.PartitionColumns)}");
        if (!snapshot.HasSchema) return text.Append("columns    unknown: the log names none").ToString();
        foreach (var field in snapshot.Schema.Fields) text.AppendLine(CultureInfo.InvariantCulture, $"  {field.Name,-24} {field.Type}");
        return text.ToString().TrimEnd();
    }

    static string ToText(HistoryEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Version,8}  {PartitionText.OfTimestamp(entry.CommittedUs)}  {entry.Info?.Operation ?? "unknown",-14} {Facts(entry)}");

    static string Facts(HistoryEntry entry) =>
        string.Join(", ", entry.Info?.OperationMetrics.Select(metric => $"{metric.Key} {metric.Value}") ?? []);

    static string ToJson(HistoryEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", entry.Version);
            json.WriteString("timestamp", PartitionText.OfTimestamp(entry.CommittedUs));
            json.WriteString("operation", entry.Info?.Operation);
            json.WriteStartObject("metrics");
            foreach (var (name, value) in entry.Info?.OperationMetrics ?? ImmutableSortedDictionary<string, string>.Empty)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
