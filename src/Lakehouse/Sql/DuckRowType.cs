namespace Kafka.Stock.Lakehouse;

/// <summary>Names and types of columns that the program fills.</summary>
sealed class DuckRowType : IDisposable
{
    readonly DuckTypeHandle[] _types;

    /// <summary>Asks DuckDB for the types.</summary>
    /// <param name="connection">Any.</param>
    /// <param name="columns">Name and SQL type of each.</param>
    public DuckRowType(DuckConnection connection, IReadOnlyList<(string Name, string SqlType)> columns)
    {
        Names = [.. columns.Select(column => column.Name)];
        var nulls = string.Join(", ", columns.Select(column => $"NULL::{column.SqlType}"));
        using var result = connection.Query($"SELECT {nulls} LIMIT 0");
        _types = result.TakeTypes();
    }

    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Types in order.</summary>
    public IReadOnlyList<DuckTypeHandle> Types => _types;

    /// <summary>An empty chunk of these columns.</summary>
    public DuckChunk NewChunk() => new("the rows", _types);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var type in _types) type.Dispose();
    }
}
