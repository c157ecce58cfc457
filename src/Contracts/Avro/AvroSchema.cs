namespace Kafka.Stock.Contracts;

/// <summary>A parsed Avro schema: a tree, with loops where a named type speaks of itself. Doesn't change once parsed.</summary>
public sealed class AvroSchema
{
    /// <summary>Deepest nesting of types within types.</summary>
    public const int MaxDepth = 100;

    /// <summary>Longest text of a schema, bytes of UTF-8.</summary>
    public const int MaxTextBytes = 4 << 20;

    string? _canonicalForm;
    string? _name;
    Dictionary<string, int>? _symbolIndex;
    Dictionary<string, int>? _fieldIndex;
    int _minBytes = -1;

    internal AvroSchema(AvroKind kind, string fullName) => (Kind, FullName) = (kind, fullName);

    /// <summary>Which type it is.</summary>
    public AvroKind Kind { get; }

    /// <summary>Name with namespace of a record, enum or fixed; the type's own name otherwise, for example <c>long</c>.</summary>
    public string FullName { get; }

    /// <summary>Name without namespace.</summary>
    public string Name => _name ??= FullName[(FullName.LastIndexOf('.') + 1)..];

    /// <summary>True for a record, enum or fixed.</summary>
    public bool IsNamed => Kind is AvroKind.Record or AvroKind.Enum or AvroKind.Fixed;

    /// <summary>What it is, in words; empty when the schema doesn't say.</summary>
    public string Doc { get; internal init; } = "";

    /// <summary>Full names that a reader takes for it, too.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; } = [];

    /// <summary>Fields of a record, in order.</summary>
    public IReadOnlyList<AvroField> Fields { get; internal set; } = [];

    /// <summary>Symbols of an enum, in order.</summary>
    public IReadOnlyList<string> Symbols { get; internal init; } = [];

    /// <summary>The symbol of an enum that stands in for one that the reader doesn't know.</summary>
    public string? DefaultSymbol { get; internal init; }

    /// <summary>Type of an array's items or a map's values.</summary>
    public AvroSchema? Items { get; internal init; }

    /// <summary>Branches of a union, in order.</summary>
    public IReadOnlyList<AvroSchema> Branches { get; internal init; } = [];

    /// <summary>Length of a fixed in bytes.</summary>
    public int Size { get; internal init; }

    /// <summary>What the values mean.</summary>
    public AvroLogicalType LogicalType { get; internal init; }

    /// <summary>Digits of a decimal.</summary>
    public int Precision { get; internal init; }

    /// <summary>Digits of a decimal after the point.</summary>
    public int Scale { get; internal init; }

    /// <summary>The schema as the specification's Parsing Canonical Form has it: equal for schemas that read alike.</summary>
    public string CanonicalForm => _canonicalForm ??= AvroCanonicalForm.Of(this);

    /// <summary>The fewest bytes that a value takes: what a block's count is checked against. A lower bound where types speak of
    /// themselves.</summary>
    internal int MinBytes => _minBytes >= 0 ? _minBytes : MeasureMinBytes(0);

    /// <summary>Parses the text of an <c>.avsc</c>.</summary>
    /// <exception cref="BrokenInputException">It isn't a schema: <see cref="StockException.Where"/> is the JSON path.</exception>
    public static AvroSchema Parse(string json) => AvroSchemaParser.Parse(json);

    /// <inheritdoc/>
    public override string ToString() => CanonicalForm;

    /// <summary>The place of a symbol; -1 when there is none. A step, however many symbols there are.</summary>
    internal int IndexOfSymbol(string symbol) => (_symbolIndex ??= Index(Symbols)).GetValueOrDefault(symbol, -1);

    /// <summary>The place of a field; -1 when there is none.</summary>
    internal int IndexOfField(string name) => (_fieldIndex ??= Index(Fields.Select(field => field.Name))).GetValueOrDefault(name, -1);

    static Dictionary<string, int> Index(IEnumerable<string> names)
    {
        var index = new Dictionary<string, int>();
        foreach (var name in names) index.TryAdd(name, index.Count);
        return index;
    }

    int MeasureMinBytes(int depth)
    {
        const int Most = 1 << 20;
        if (_minBytes >= 0) return _minBytes;
        if (depth > MaxDepth) return 0; // a chain of names can be longer than the stack
        _minBytes = 0; // what a type within itself is taken for
        return _minBytes = Kind switch
        {
            AvroKind.Null => 0,
            AvroKind.Float => sizeof(float),
            AvroKind.Double => sizeof(double),
            AvroKind.Fixed => Math.Min(Most, Size),
            AvroKind.Record => (int)Math.Min(Most, Fields.Sum(field => (long)field.Schema.MeasureMinBytes(depth + 1))),
            _ => 1,
        };
    }
}
