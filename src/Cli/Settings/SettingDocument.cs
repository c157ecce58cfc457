using System.Text;

namespace Kafka.Stock.Cli;

/// <summary>The setting table as a document: <c>docs/settings.md</c> is this text, compared by a test.</summary>
static class SettingDocument
{
    const string Head = """
        # Settings

        Made from `SettingTable`; a test compares. A flag goes before its variable of the environment, that before its name in
        `appsettings.json` in the current folder, that before the default: `--commit-interval-ms 200`, `KSTOCK_COMMIT_INTERVAL_MS=200`,
        `{"commit-interval-ms": 200}`. Everything is checked before anything runs, and all that is wrong is listed at once (exit code 2).
        `--help` after a verb lists the settings that it has.

        """;

    /// <summary>Markdown of all settings, each once.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder(Head);
        var shown = new HashSet<Setting>();
        Append(text, shown, "Broker", SettingTable.Client);
        Append(text, shown, "Topics", [SettingTable.Partitions, SettingTable.ReplicationFactor]);
        Append(text, shown, "Roles", SettingTable.Host);
        Append(text, shown, "Ingestor", SettingTable.Ingest);
        Append(text, shown, "Topology", SettingTable.TopologyFold);
        Append(text, shown, "Trainer", SettingTable.TrainerFold);
        Append(text, shown, "Backtests and reports", [.. SettingTable.Simulating, .. SettingTable.Reporting]);
        Append(text, shown, "BatchJob", SettingTable.Batch);
        Append(text, shown, "Lakehouse", [.. SettingTable.Lakehouse, .. SettingTable.LakeSync]);
        Append(text, shown, "Others", SettingTable.All);
        return text.ToString();
    }

    static void Append(StringBuilder text, HashSet<Setting> shown, string title, IReadOnlyList<Setting> settings)
    {
        var rows = settings.Where(shown.Add).ToList();
        if (rows.Count == 0) return;
        text.Append($"\n## {title}\n\n| flag | variable | default | expected | what it does |\n|---|---|---|---|---|\n");
        foreach (var setting in rows)
        {
            var value = setting.Default.Length > 0 ? $"`{setting.Default}`" : "";
            text.Append($"| `{setting.Flag}` | `{setting.Variable}` | {value} | {Cell(setting.Expected)} | {Cell(setting.Help)} |\n");
        }
    }

    static string Cell(string words) => words.Replace("|", "\\|", StringComparison.Ordinal);
}
