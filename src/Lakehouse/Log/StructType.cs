using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Named fields in order: the schema of a table, or a nested struct.</summary>
/// <param name="Fields">Names are unique without regard to case.</param>
public sealed record StructType(ImmutableArray<StructField> Fields) : DeltaType
{
    /// <summary>The field of this name, compared without regard to case as Delta does; null where there is none.</summary>
    public StructField? Find(string name)
    {
        foreach (var field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)) return field;
        }

        return null;
    }

    /// <summary>The schema with one more field at its end.</summary>
    public StructType With(StructField field) => new(Fields.Add(field));

    /// <inheritdoc/>
    public bool Equals(StructType? other) => other is not null && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Fields.Length;

    /// <inheritdoc/>
    public override string ToString() => $"struct<{string.Join(',', Fields.Select(field => $"{field.Name}:{field.Type}"))}>";
}
