namespace Kafka.Stock.Lakehouse;

/// <summary>The table that writers under torture append to, from many processes: three rows a commit, which say whose they are.</summary>
public static class TortureTable
{
    /// <summary>Rows of a commit, numbered from 0.</summary>
    public const int CommitRows = 3;

    /// <summary>Which writer, its commit from 1 on, the row of the commit, and a text that follows from the three.</summary>
    public static TableDefinition Definition { get; } = new(
        new StructType(
        [
            new("writer", DeltaType.Int32), new("number", DeltaType.Int64), new("row", DeltaType.Int32), new("proof", DeltaType.Text),
        ]),
        []);

    /// <summary>Under which the table knows how far a writer is.</summary>
    public static string AppId(int writer) => $"torture/{writer}";

    /// <summary>The proof of a row, in SQL over the other columns.</summary>
    internal const string ProofSql = "md5(concat_ws('/', writer, number, row))";

    /// <summary>The rows of a commit.</summary>
    internal static string RowsOf(int writer, long number) =>
        $"SELECT *, {ProofSql} AS proof FROM (SELECT {writer} AS writer, {number} AS number, unnest(range({CommitRows})) AS row)";
}
