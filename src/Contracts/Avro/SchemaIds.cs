using System.Collections.Concurrent;

namespace Kafka.Stock.Contracts;

/// <summary>Numbers of schemas, both ways. Lookups cost one step and allocate nothing. Safe for concurrent use.</summary>
public sealed class SchemaIds
{
    readonly Dictionary<int, (string Name, int Version)> _names = [];
    readonly Dictionary<string, int> _newest = [];
    readonly ConcurrentDictionary<int, AvroResolution?> _resolutions = [];

    /// <summary>A table of the given numbers and full names: a name's first number is that of its first version, and so on.</summary>
    /// <exception cref="ArgumentException">A number comes twice.</exception>
    public SchemaIds(IEnumerable<(int Id, string Name)> table)
    {
        Dictionary<string, int> versions = [];
        foreach (var (id, name) in table)
        {
            var version = versions[name] = versions.GetValueOrDefault(name) + 1;
            _names.Add(id, (string.Intern(name), version));
            _newest[name] = id;
        }
    }

    /// <summary>The numbers of <c>schemas/ids.txt</c>: what is used without a registry, so that separate processes agree.</summary>
    public static SchemaIds Builtin { get; } = new(StockSchemas.ReadIds());

    /// <summary>The full name of a schema; the same instance each time, and that of the literal in the record's code.</summary>
    /// <returns>Null for a number that isn't in the table.</returns>
    public string? NameOf(int id) => _names.TryGetValue(id, out var entry) ? entry.Name : null;

    /// <summary>The number of a schema's newest version.</summary>
    /// <returns>False when the name isn't in the table.</returns>
    public bool TryGetId(string fullName, out int id) => _newest.TryGetValue(fullName, out id);

    /// <summary>The number of the newest version of a record's schema: what is written.</summary>
    /// <exception cref="InvalidOperationException">The name isn't in the table.</exception>
    public int IdOf<TRecord>()
        where TRecord : IAvroRecord<TRecord> =>
        _newest.TryGetValue(TRecord.SchemaName, out var id)
            ? id
            : throw new InvalidOperationException($"{TRecord.SchemaName}: found no number of it; expected a line in schemas/ids.txt");

    /// <summary>How a body of this number becomes one of the newest version; null where it is that already, or the number is
    /// unknown.</summary>
    public AvroResolution? ToNewest(int id)
    {
        if (!_names.TryGetValue(id, out var entry) || _newest[entry.Name] == id) return null;
        return _resolutions.GetOrAdd(id, static (_, of) => AvroResolution.Compile(
            AvroSchema.Parse(StockSchemas.Text(of.Name, of.Version)), StockSchemas.Get(of.Name)), entry);
    }
}
