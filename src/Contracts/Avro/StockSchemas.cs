using System.Collections.Concurrent;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>The schemas of <c>schemas/</c>, carried in the assembly.</summary>
public static class StockSchemas
{
    static readonly ConcurrentDictionary<string, AvroSchema> s_parsed = new();

    /// <summary>Full names, in the order of <c>schemas/ids.txt</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ReadIds().Select(line => line.Name).Distinct()];

    /// <summary>The text of a schema, as it lies in <c>schemas/</c>.</summary>
    /// <exception cref="ArgumentException">There is no such schema.</exception>
    public static string Text(string fullName) => ReadResource($"schemas/{fullName}.avsc");

    /// <summary>The text of a version of a schema, 1 for the first, as it lies in <c>schemas/history/</c>.</summary>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static string Text(string fullName, int version) =>
        ReadResource(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"schemas/history/{fullName}/{version}.avsc"));

    /// <summary>A schema, parsed once.</summary>
    /// <exception cref="ArgumentException">There is no such schema.</exception>
    public static AvroSchema Get(string fullName) => s_parsed.GetOrAdd(fullName, static name => AvroSchema.Parse(Text(name)));

    /// <summary>The numbered table: one line <c>1 kafka.stock.Tick</c> for each version of a schema.</summary>
    internal static IEnumerable<(int Id, string Name)> ReadIds() =>
        ReadResource("schemas/ids.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Select(parts => (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), string.Intern(parts[1])));

    static string ReadResource(string name)
    {
        using var stream = typeof(StockSchemas).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"{name}: found no such resource; expected one of the schemas of this assembly", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
