using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Data files of a table as a relation of SQL with the table's columns and types.</summary>
/// <remarks>
/// A column that a file lacks is null, and one that the table lacks isn't there: that is how a schema grows. Partition values are
/// constants: files of equal ones make a branch, so that DuckDB leaves out branches which a WHERE excludes. Where that would be too
/// many branches, only the first partition columns make them, and the values of the others come from a list by the file's number.
/// </remarks>
public sealed class ParquetScan
{
    const int BranchesMax = 64;

    /// <summary>DuckDB's name for a file's place in the list; a column of this name would hide it.</summary>
    const string FileNumber = "file_index";

    readonly StructType _schema;
    readonly ImmutableArray<string> _partitionColumns;

    /// <summary>Makes the relation.</summary>
    /// <param name="schema">The table's columns, those of the partitioning included.</param>
    /// <param name="partitionColumns">Which of them aren't in files.</param>
    /// <param name="files">What is read, in order.</param>
    public ParquetScan(StructType schema, ImmutableArray<string> partitionColumns, IReadOnlyList<ScanFile> files)
    {
        _schema = schema;
        _partitionColumns = partitionColumns;
        Files = files;
        Relation = $"({string.Join(" UNION ALL ", Branches())})";
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<ScanFile> Files { get; }

    /// <summary>To stand behind FROM, in brackets already.</summary>
    public string Relation { get; }

    IEnumerable<string> Branches()
    {
        if (Files.Count == 0) return [$"SELECT {Columns(_ => "NULL")} WHERE false"];
        var constantCount = _partitionColumns.Length;
        var groups = GroupsBy(constantCount);
        while (groups.Count > BranchesMax && _schema.Find(FileNumber) is null) groups = GroupsBy(--constantCount);
        return groups.Select(group => Branch(group, constantCount));
    }

    /// <summary>Files with equal values in the first columns, groups and files in the order in which they came.</summary>
    List<List<ScanFile>> GroupsBy(int columnCount)
    {
        var groups = new List<List<ScanFile>>();
        var byValues = new Dictionary<PartitionValues, List<ScanFile>>();
        foreach (var file in Files)
        {
            var values = PartitionValues.Of(
                _partitionColumns.Take(columnCount).Select(column => KeyValuePair.Create(column, file.PartitionValues[column])));
            if (!byValues.TryGetValue(values, out var group)) groups.Add(byValues[values] = group = []);
            group.Add(file);
        }

        return groups;
    }

    string Branch(List<ScanFile> files, int constantCount)
    {
        var inFiles = new StructType([.. _schema.Fields.Where(field => !_partitionColumns.Contains(field.Name))]);
        var paths = string.Join(", ", files.Select(file => Sql.PathLiteral(Path.GetFullPath(file.Path))));
        var varying = _partitionColumns.Length > constantCount ? $", {FileNumber}" : "";

        // The empty SELECT brings the columns that no file has. It costs nothing: DuckDB drops it when it plans.
        return $"""
            SELECT {Columns(field => PartitionValue(field, files, constantCount) ?? Sql.Name(field.Name))} FROM (
            SELECT *{varying} FROM read_parquet([{paths}], union_by_name = true, hive_partitioning = false)
            UNION ALL BY NAME SELECT {Typed(inFiles)} WHERE false)
            """;
    }

    string? PartitionValue(StructField field, List<ScanFile> files, int constantCount)
    {
        var index = _partitionColumns.IndexOf(field.Name);
        if (index < 0) return null;
        if (index < constantCount) return PartitionSql.Constant(field.Type, files[0].PartitionValues[field.Name]);
        var texts = string.Join(", ", files.Select(file => file.PartitionValues[field.Name] is { } text ? Sql.Literal(text) : "NULL"));
        return PartitionSql.FromText(field.Type, $"list_extract([{texts}]::VARCHAR[], {FileNumber}::BIGINT + 1)");
    }

    string Columns(Func<StructField, string> value) => string.Join(
        ", ", _schema.Fields.Select(field => $"CAST({value(field)} AS {ParquetType.SqlOf(field.Type)}) AS {Sql.Name(field.Name)}"));

    static string Typed(StructType schema) => string.Join(
        ", ", schema.Fields.Select(field => $"CAST(NULL AS {ParquetType.SqlOf(field.Type)}) AS {Sql.Name(field.Name)}"));
}
