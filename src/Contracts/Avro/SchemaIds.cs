namespace Kafka.Stock.Contracts;

/// <summary>Numbers of schemas, both ways. Lookups cost one step and allocate nothing.</summary>
public sealed class SchemaIds
{
    readonly Dictionary<int, string> _names = [];
    readonly Dictionary<string, int> _ids = [];

    /// <summary>A table of the given numbers and full names.</summary>
    /// <exception cref="ArgumentException">A number or a name comes twice.</exception>
    public SchemaIds(IEnumerable<(int Id, string Name)> table)
    {
        foreach (var (id, name) in table)
        {
            _names.Add(id, string.Intern(name));
            _ids.Add(name, id);
        }
    }

    /// <summary>The numbers of <c>schemas/ids.txt</c>: what is used without a registry, so that separate processes agree.</summary>
    public static SchemaIds Builtin { get; } = new(StockSchemas.ReadIds());

    /// <summary>The full name of a schema; the same instance each time, and that of the literal in the record's code.</summary>
    /// <returns>Null for a number that isn't in the table.</returns>
    public string? NameOf(int id) => _names.GetValueOrDefault(id);

    /// <summary>The number of a schema.</summary>
    /// <returns>False when the name isn't in the table.</returns>
    public bool TryGetId(string fullName, out int id) => _ids.TryGetValue(fullName, out id);

    /// <summary>The number of a record's schema.</summary>
    /// <exception cref="InvalidOperationException">The name isn't in the table.</exception>
    public int IdOf<TRecord>()
        where TRecord : IAvroRecord<TRecord> =>
        _ids.TryGetValue(TRecord.SchemaName, out var id)
            ? id
            : throw new InvalidOperationException($"{TRecord.SchemaName}: found no number of it; expected a line in schemas/ids.txt");
}
