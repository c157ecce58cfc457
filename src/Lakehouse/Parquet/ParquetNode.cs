using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>A node of a Parquet schema: a column, or a group of nodes.</summary>
/// <param name="Name">Within its group.</param>
/// <param name="Repetition">Whether it is always there, may be missing, or comes any number of times.</param>
/// <param name="Type">Of a column; null for a group.</param>
/// <param name="Annotation">Number of its <c>ConvertedType</c>: what its bytes or nodes mean; null for nothing besides.</param>
/// <param name="Children">Nodes of a group.</param>
sealed record ParquetNode(
    string Name, ParquetRepetition Repetition, ParquetPrimitive? Type, int? Annotation, ImmutableArray<ParquetNode> Children)
{
    /// <summary>The annotation of texts.</summary>
    public const int Utf8 = 0;

    const int MapAnnotation = 1;
    const int ListAnnotation = 3;

    /// <summary>A column of texts.</summary>
    public static ParquetNode Text(string name) => Column(name, ParquetPrimitive.Bytes) with { Annotation = Utf8 };

    /// <summary>A column of numbers or booleans.</summary>
    public static ParquetNode Column(string name, ParquetPrimitive type) => new(name, ParquetRepetition.Optional, type, null, []);

    /// <summary>A struct.</summary>
    public static ParquetNode Struct(string name, params ImmutableArray<ParquetNode> fields) =>
        new(name, ParquetRepetition.Optional, null, null, fields);

    /// <summary>A map from texts to texts: <c>NAME.key_value.key</c> and <c>NAME.key_value.value</c>.</summary>
    public static ParquetNode TextMap(string name)
    {
        var key = Text("key") with { Repetition = ParquetRepetition.Required };
        var entry = Struct("key_value", key, Text("value")) with { Repetition = ParquetRepetition.Repeated };
        return Struct(name, entry) with { Annotation = MapAnnotation };
    }

    /// <summary>A list of texts: <c>NAME.list.element</c>.</summary>
    public static ParquetNode TextList(string name)
    {
        var element = Struct("list", Text("element")) with { Repetition = ParquetRepetition.Repeated };
        return Struct(name, element) with { Annotation = ListAnnotation };
    }
}
