using System.Text;

namespace Kafka.Stock.Cli;

/// <summary>The table of settings as a page, <c>docs/settings.md</c>; a test compares.</summary>
static class SettingsDocument
{
    /// <summary>The page, lines ended by LF.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder(
            """
            # Settings

            Made from `SettingTable`; a test compares. A flag goes before the environment, that before `appsettings.json` in the current
            folder, that before the default. In `appsettings.json` a setting has the flag's name without dashes:
            `{ "commit-interval-ms": 200 }`. Which verb has which: `kstock VERB --help`.

            | flag | environment | default | accepts | what |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var setting in SettingTable.All)
        {
            var value = setting.Default.Length > 0 ? $"`{setting.Default}`" : "none";
            page.Append($"| `{setting.Flag}` | `{setting.Variable}` | {value} | {Cell(setting.Expected)} | {Cell(setting.Help)} |\n");
        }

        return page.ToString();
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
