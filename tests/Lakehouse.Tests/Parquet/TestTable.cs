using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A database and a folder that data files of one schema are written to and read from.</summary>
sealed class TestTable(StructType schema, params string[] partitionColumns) : IDisposable
{
    int _writeCount;

    public TestDatabase Test { get; } = new();

    public DuckConnection Connection => Test.Connection;

    public StructType Schema { get; } = schema;

    public ImmutableArray<string> PartitionColumns { get; } = [.. partitionColumns];

    public string Folder => Test.PathTo("table");

    public ParquetTarget Target(string? id = null) =>
        new(Folder, Schema, PartitionColumns, id ?? $"w{++_writeCount}", ModifiedUs: 1_600_000_000_000_000);

    public IReadOnlyList<DataFile> Write(string select, string? id = null) => Write(select, new ParquetOptions(), id);

    public IReadOnlyList<DataFile> Write(string select, ParquetOptions options, string? id = null) =>
        ParquetWriter.Write(Connection, Target(id), select, options, CancellationToken.None);

    public string PathOf(DataFile file) => Path.Combine(Folder, file.Key);

    public ParquetScan Scan(IEnumerable<DataFile> files, StructType? schema = null) =>
        new(schema ?? Schema, PartitionColumns, [.. files.Select(file => new ScanFile(PathOf(file), file.PartitionValues))]);

    /// <summary>Every row of the files as text.</summary>
    public List<string> Rows(IEnumerable<DataFile> files) => Test.Texts($"SELECT * FROM {Scan(files).Relation}");

    public long Count(string relation)
    {
        using var result = Connection.Query($"SELECT count(*) FROM {relation}");
        Assert.True(result.Read());
        return (long)result[0].Whole(0);
    }

    public void Dispose() => Test.Dispose();
}
