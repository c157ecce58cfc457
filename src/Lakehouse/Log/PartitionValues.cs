using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Values of a file's partition columns as the log writes them: strings, null for null. Compared by value.</summary>
public sealed class PartitionValues : IEquatable<PartitionValues>
{
    readonly ImmutableArray<KeyValuePair<string, string?>> _byColumn;

    PartitionValues(ImmutableArray<KeyValuePair<string, string?>> byColumn) => _byColumn = byColumn;

    /// <summary>Of a table without partition columns.</summary>
    public static PartitionValues None { get; } = new([]);

    /// <summary>By columns and values in order; null comes before any text.</summary>
    public static IComparer<PartitionValues> Order { get; } = Comparer<PartitionValues>.Create(Compare);

    /// <summary>Columns with their values, in order of the columns' bytes.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> ByColumn => _byColumn;

    /// <summary>The value of a column, compared without regard to case; null for null and where there is none.</summary>
    public string? this[string column]
    {
        get
        {
            foreach (var pair in _byColumn)
            {
                if (string.Equals(pair.Key, column, StringComparison.OrdinalIgnoreCase)) return pair.Value;
            }

            return null;
        }
    }

    /// <summary>Values by column; an empty string is null, since the protocol can't tell them apart.</summary>
    public static PartitionValues Of(IEnumerable<KeyValuePair<string, string?>> byColumn)
    {
        var values = byColumn
            .Select(pair => KeyValuePair.Create(pair.Key, string.IsNullOrEmpty(pair.Value) ? null : pair.Value))
            .ToImmutableArray()
            .Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return values.Length == 0 ? None : new PartitionValues(values);
    }

    /// <summary>Values by column, written out.</summary>
    public static PartitionValues Of(params (string Column, string? Value)[] byColumn) =>
        Of(byColumn.Select(pair => KeyValuePair.Create(pair.Column, pair.Value)));

    /// <inheritdoc/>
    public bool Equals(PartitionValues? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PartitionValues);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _byColumn.Length;
        foreach (var pair in _byColumn) hash = (hash * 31) + (pair.Value is null ? 0 : StringComparer.Ordinal.GetHashCode(pair.Value));
        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('/', _byColumn.Select(pair => $"{pair.Key}={pair.Value ?? "null"}"));

    static int Compare(PartitionValues a, PartitionValues b)
    {
        for (var i = 0; i < a._byColumn.Length && i < b._byColumn.Length; i++)
        {
            var order = string.CompareOrdinal(a._byColumn[i].Key, b._byColumn[i].Key);
            if (order == 0) order = string.CompareOrdinal(a._byColumn[i].Value, b._byColumn[i].Value);
            if (order != 0) return order;
        }

        return a._byColumn.Length.CompareTo(b._byColumn.Length);
    }
}
