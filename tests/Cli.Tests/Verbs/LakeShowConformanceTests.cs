using System.Globalization;
using System.Text.Json.Nodes;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;

namespace Kafka.Stock.Cli.Tests;

/// <summary>Genuine tables of other projects, as a user looks at them: exit code, and what is printed, are those of their index.</summary>
[Collection(nameof(InvocationTests))]
public sealed class LakeShowConformanceTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Every_table_is_shown_refused_or_named_broken_as_its_index_says()
    {
        var root = SharedFiles.PathTo("conformance/delta");
        var lines = File.ReadLines(Path.Combine(root, "INDEX.csv")).ToList();
        var columns = lines[0].Split(',');
        var (counts, wrong) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var line in lines.Skip(1))
        {
            // The notes come last and may have commas.
            var row = columns.Zip(line.Split(',', columns.Length)).ToDictionary(pair => pair.First, pair => pair.Second);
            var (code, shown, error) = await CommandLine.RunAsync("lake", "show", Path.Combine(root, row["table"]), "--json");
            counts[row["expect"]] = counts.GetValueOrDefault(row["expect"]) + 1;
            if (Fault(row, code, shown, error) is { } fault) wrong.Add($"{row["table"]} ({row["expect"]}): {fault}");
        }

        var kinds = string.Join(", ", counts.Select(one => $"{one.Key} {one.Value}"));
        output.WriteLine($"{lines.Count - 1 - wrong.Count}/{lines.Count - 1}: {kinds}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static string? Fault(Dictionary<string, string> row, int code, string shown, string error)
    {
        var expected = row["expect"] switch { "refuse" => ExitCode.Refused, "error" => ExitCode.BrokenInput, _ => ExitCode.Done };
        var isEither = row["notes"].Contains("a refusal is equally right", StringComparison.Ordinal);
        if (isEither && code == ExitCode.Refused) return null;
        if (code != expected) return $"exit {code}, expected {expected}: {error}";
        if (code != ExitCode.Done) return error.StartsWith("kstock: ", StringComparison.Ordinal) ? null : "no word why";
        var json = JsonNode.Parse(shown)!;
        if ((long)json["version"]! != Number(row["latest_version"])) return $"version {json["version"]}";
        if ((long)json["num_active_files"]! != Number(row["num_active_files"])) return $"files {json["num_active_files"]}";
        var partitions = string.Join(';', json["partition_columns"]!.AsArray().Select(name => (string)name!));
        if (partitions != row["partition_columns"]) return $"partition columns {partitions}";
        return row["expect"] == "read" && (long?)json["num_rows"] != Number(row["num_rows"]) ? $"rows {json["num_rows"]}" : null;
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
