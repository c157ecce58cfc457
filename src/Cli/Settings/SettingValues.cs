using System.Globalization;
using System.Text.Json;

namespace Kafka.Stock.Cli;

/// <summary>
/// Settings as resolved for one run: flag before environment before <c>appsettings.json</c> before default, all checked
/// at once.
/// </summary>
sealed class SettingValues
{
    /// <summary>Name of the file with settings, in the current folder.</summary>
    public const string FileName = "appsettings.json";

    readonly Dictionary<string, string> _values;

    SettingValues(Dictionary<string, string> values) => _values = values;

    /// <summary>Resolves and checks every setting of a verb.</summary>
    /// <param name="settings">Those that the verb has.</param>
    /// <param name="flags">Value typed on the command line, or null.</param>
    /// <param name="environment">Value of a variable, or null.</param>
    /// <param name="file">Text of <c>appsettings.json</c>, or null without one.</param>
    /// <param name="problems">One line a wrong value, or an unknown name in the file: where, found, expected.</param>
    public static SettingValues Resolve(
        IReadOnlyList<Setting> settings,
        Func<Setting, string?> flags,
        Func<string, string?> environment,
        string? file,
        List<string> problems)
    {
        var fromFile = ReadFile(file, problems);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var (text, where) = (flags(setting), setting.Flag);
            if (text is null) (text, where) = (environment(setting.Variable), setting.Variable);
            if (text is null && fromFile.TryGetValue(setting.Name, out var filed))
            {
                (text, where) = (filed, "appsettings.json, " + setting.Name);
            }

            if (text is not null && !setting.Accepts(text))
                problems.Add($"{where}: found {(setting.Secret ? "a value of another form" : Shown(text))}; expected {setting.Expected}");
            values[setting.Name] = text ?? setting.Default;
        }

        return new SettingValues(values);
    }

    /// <summary>Whether the verb has a setting.</summary>
    public bool Has(Setting setting) => _values.ContainsKey(setting.Name);

    /// <summary>The text, empty when it was never set and has no default.</summary>
    public string Text(Setting setting) => _values[setting.Name];

    /// <summary>The text, or null when it was never set and has no default.</summary>
    public string? TextOrNull(Setting setting) => _values[setting.Name] is { Length: > 0 } text ? text : null;

    /// <summary>A whole number.</summary>
    public long Whole(Setting setting) => long.Parse(_values[setting.Name], CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public double Real(Setting setting) => double.Parse(_values[setting.Name], CultureInfo.InvariantCulture);

    /// <summary>A number, or null when it was never set.</summary>
    public double? RealOrNull(Setting setting) => TextOrNull(setting) is null ? null : Real(setting);

    /// <summary>Values between commas.</summary>
    public string[] List(Setting setting) => _values[setting.Name].Split(',');

    /// <summary>Lines of a setting that may be given several times.</summary>
    public string[] Lines(Setting setting) => _values[setting.Name].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static string Shown(string text) => text.Length == 0 ? "nothing" : text.Length > 80 ? text[..80] + "…" : text;

    static Dictionary<string, string> ReadFile(string? file, List<string> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is null) return values;
        var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        try
        {
            using var document = JsonDocument.Parse(file, lenient);
            var kind = document.RootElement.ValueKind;
            if (kind != JsonValueKind.Object) throw new JsonException($"found {kind}; expected an object");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (SettingTable.All.Any(setting => setting.Name == property.Name)) values[property.Name] = AsText(property.Value);
                else problems.Add($"appsettings.json: found {property.Name}; expected names of docs/settings.md");
            }
        }
        catch (JsonException error)
        {
            problems.Add($"appsettings.json: found text that isn't JSON ({error.Message}); expected {{\"setting\": value, …}}");
        }

        return values;
    }

    static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(AsText)),
        _ => value.GetRawText(),
    };
}
