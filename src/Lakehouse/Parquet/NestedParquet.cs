using System.Buffers;
using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Writes a Parquet file of nested columns, a page a column and row group, its values plain and compressed by Snappy.</summary>
/// <remarks>For a few thousand rows that the program has at hand: DuckDB's way there is longer than the work. Format:
/// <c>parquet.thrift</c> of apache/parquet-format 2.10.</remarks>
sealed class NestedParquet
{
    const int PlainEncoding = 0, RunEncoding = 3, SnappyCodec = 1;

    readonly Stream _target;
    readonly ImmutableArray<ParquetNode> _schema;
    readonly List<NestedColumn> _columns = [];
    readonly Dictionary<string, NestedColumn> _byPath = new(StringComparer.Ordinal);
    readonly List<(long Rows, ImmutableArray<Chunk> Chunks)> _groups = [];
    readonly ArrayBufferWriter<byte> _page = new();
    long _offset;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Where its bytes go; stays the caller's.</param>
    /// <param name="schema">Its columns.</param>
    public NestedParquet(Stream target, ImmutableArray<ParquetNode> schema)
    {
        (_target, _schema) = (target, schema);
        foreach (var node in schema) AddColumns(node, [], 0, isRepeated: false);
        Write("PAR1"u8);
    }

    /// <summary>Bytes of values that wait for <see cref="EndGroup"/>.</summary>
    public long WaitingLength => _columns.Sum(column => (long)column.ValueLength);

    /// <summary>The leaf of this path, its names with points between.</summary>
    public NestedColumn this[string path] => _byPath[path];

    /// <summary>Writes a row group; rows that a column has not been told of are missing in it.</summary>
    public void EndGroup(long rows)
    {
        _groups.Add((rows, [.. _columns.Select(column => WriteChunk(column, rows))]));
        foreach (var column in _columns) column.Clear();
    }

    /// <summary>Writes the footer.</summary>
    public void Complete()
    {
        var footer = Footer();
        Write(footer);
        Write(BitConverter.GetBytes(footer.Length));
        Write("PAR1"u8);
    }

    void AddColumns(ParquetNode node, ImmutableArray<string> above, int definition, bool isRepeated)
    {
        var path = above.Add(node.Name);
        definition += node.Repetition == ParquetRepetition.Required ? 0 : 1;
        isRepeated |= node.Repetition == ParquetRepetition.Repeated;
        foreach (var child in node.Children) AddColumns(child, path, definition, isRepeated);
        if (node.Type is not { } type) return;
        var column = new NestedColumn(type, definition, isRepeated, path);
        _columns.Add(column);
        _byPath.Add(string.Join('.', path), column);
    }

    Chunk WriteChunk(NestedColumn column, long rows)
    {
        _page.ResetWrittenCount();
        column.WritePage(rows, _page);
        var plainLength = _page.WrittenCount;
        var compressed = ArrayPool<byte>.Shared.Rent(Snappy.MaxLength(plainLength));
        try
        {
            var length = Snappy.Compress(_page.WrittenSpan, compressed);
            var header = PageHeader(column.Count, plainLength, length);
            var chunk = new Chunk(column, column.Count, _offset, header.Length + plainLength, header.Length + length);
            Write(header);
            Write(compressed.AsSpan(0, length));
            return chunk;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        _target.Write(bytes);
        _offset += bytes.Length;
    }

    static byte[] PageHeader(long count, int plainLength, int compressedLength)
    {
        var thrift = new CompactThrift();
        thrift.Int32(1, 0);
        thrift.Int32(2, plainLength);
        thrift.Int32(3, compressedLength);
        thrift.Struct(5);
        thrift.Int32(1, checked((int)count));
        thrift.Int32(2, PlainEncoding);
        thrift.Int32(3, RunEncoding);
        thrift.Int32(4, RunEncoding);
        thrift.End();
        thrift.End();
        return thrift.ToArray();
    }

    byte[] Footer()
    {
        var elements = new List<ParquetNode>();
        foreach (var node in _schema) AddElements(node, elements);
        var thrift = new CompactThrift();
        thrift.Int32(1, 1);
        thrift.Structs(2, elements.Count + 1);
        thrift.Element();
        thrift.Text(4, "schema");
        thrift.Int32(5, _schema.Length);
        thrift.End();
        foreach (var element in elements) WriteElement(thrift, element);
        thrift.Int64(3, _groups.Sum(group => group.Rows));
        thrift.Structs(4, _groups.Count);
        foreach (var (rows, chunks) in _groups) WriteGroup(thrift, rows, chunks);
        thrift.Text(6, "Kafka.Stock");
        thrift.End();
        return thrift.ToArray();
    }

    static void AddElements(ParquetNode node, List<ParquetNode> elements)
    {
        elements.Add(node);
        foreach (var child in node.Children) AddElements(child, elements);
    }

    static void WriteElement(CompactThrift thrift, ParquetNode node)
    {
        thrift.Element();
        if (node.Type is { } type) thrift.Int32(1, (int)type);
        thrift.Int32(3, (int)node.Repetition);
        thrift.Text(4, node.Name);
        if (node.Type is null) thrift.Int32(5, node.Children.Length);
        if (node.Annotation is { } annotation) thrift.Int32(6, annotation);
        thrift.End();
    }

    static void WriteGroup(CompactThrift thrift, long rows, ImmutableArray<Chunk> chunks)
    {
        thrift.Element();
        thrift.Structs(1, chunks.Length);
        foreach (var chunk in chunks)
        {
            thrift.Element();
            thrift.Int64(2, chunk.Offset);
            thrift.Struct(3);
            thrift.Int32(1, (int)chunk.Column.Type);
            thrift.Int32s(2, [PlainEncoding, RunEncoding]);
            thrift.Texts(3, chunk.Column.Path);
            thrift.Int32(4, SnappyCodec);
            thrift.Int64(5, chunk.Count);
            thrift.Int64(6, chunk.PlainLength);
            thrift.Int64(7, chunk.Length);
            thrift.Int64(9, chunk.Offset);
            thrift.End();
            thrift.End();
        }

        thrift.Int64(2, chunks.Sum(chunk => (long)chunk.PlainLength));
        thrift.Int64(3, rows);
        thrift.End();
    }

    /// <summary>A column of a row group, as the footer tells of it.</summary>
    sealed record Chunk(NestedColumn Column, long Count, long Offset, int PlainLength, int Length);
}
