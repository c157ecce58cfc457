using System.Globalization;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Every version of a schema that has ever been in use, and what a next one would break.</summary>
static class SchemaHistory
{
    /// <summary>The texts of <c>schemas/history/&lt;full name&gt;/1.avsc</c> and on, oldest first.</summary>
    public static IReadOnlyList<string> TextsOf(string name)
    {
        var folder = Repository.PathTo($"schemas/history/{name}");
        var texts = new List<string>();
        for (var version = 1; File.Exists(PathOf(version)); version++) texts.Add(File.ReadAllText(PathOf(version)));
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0;
        Assert.True(files == texts.Count, $"{folder}: found {files} files, {texts.Count} numbered from 1 without a gap");
        return texts;

        string PathOf(int version) => Path.Combine(folder, version.ToString(CultureInfo.InvariantCulture) + ".avsc");
    }

    /// <summary>Everything that stands against today's schema: versions that don't read each other either way, another meaning of
    /// the same bytes, no entry of today's.</summary>
    public static IReadOnlyList<string> Defects(string name, string today, IReadOnlyList<string> history)
    {
        var schema = AvroSchema.Parse(today);
        AvroSchema[] versions = [.. history.Select(AvroSchema.Parse)];
        var defects = AvroCompatibility.Check(schema, versions, AvroCompatibilityMode.FullTransitive)
            .Select(conflict => $"{name}: {conflict}").ToList();
        for (var i = 0; i < versions.Length; i++)
        {
            defects.AddRange(OtherMeanings(versions[i], schema, "", []).Select(what => $"{name}, version {i + 1}: {what}"));
        }

        if (history.Count == 0 || history[^1].ReplaceLineEndings("\n") != today.ReplaceLineEndings("\n"))
        {
            var next = $"if the change is meant, add it as {history.Count + 1}.avsc";
            defects.Add($"schemas/history/{name}: found no entry of today's schema; {next}");
        }

        return defects;
    }

    /// <summary>Places where the same number means something else: resolution doesn't look at logical types, and the canonical form
    /// leaves them out.</summary>
    static IEnumerable<string> OtherMeanings(AvroSchema older, AvroSchema today, string path, HashSet<(AvroSchema, AvroSchema)> seen)
    {
        if (!seen.Add((older, today))) yield break;
        var (before, now) = (Meaning(older), Meaning(today));
        if (before != now) yield return $"{path} meant {before}, and now {now}";
        foreach (var (field, i) in today.Fields.Select((field, i) => (field, i)))
        {
            var source = older.Fields.FirstOrDefault(each => each.Name == field.Name || field.Aliases.Contains(each.Name));
            if (source is null) continue;
            foreach (var what in OtherMeanings(source.Schema, field.Schema, $"{path}/fields/{i}/type", seen)) yield return what;
        }

        foreach (var branch in today.Branches)
        {
            var source = older.Branches.FirstOrDefault(each => each.Kind == branch.Kind && each.Name == branch.Name) ?? older;
            if (source.Kind != branch.Kind) continue;
            foreach (var what in OtherMeanings(source, branch, $"{path}/{branch.FullName}", seen)) yield return what;
        }

        if (older.Items is null || today.Items is null) yield break;
        foreach (var what in OtherMeanings(older.Items, today.Items, $"{path}/items", seen)) yield return what;
    }

    static string Meaning(AvroSchema schema) => schema.LogicalType == AvroLogicalType.Decimal
        ? $"Decimal({schema.Precision},{schema.Scale})"
        : schema.LogicalType == AvroLogicalType.None ? "a bare number or text" : schema.LogicalType.ToString();
}
