namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A small database with a folder of its own, both gone at the end of the test.</summary>
sealed class TestDatabase : IDisposable
{
    public TestDatabase(long memoryBytes = 256L << 20)
    {
        Folder = Directory.CreateTempSubdirectory("kstock-lake-").FullName;
        Database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2, MemoryLimitBytes = memoryBytes, TempFolder = PathTo("temp") });
        Connection = Database.Connect();
    }

    public DuckDatabase Database { get; }

    public DuckConnection Connection { get; }

    public string Folder { get; }

    public string PathTo(string name) => Path.Combine(Folder, name);

    /// <summary>Every row as text, columns joined by '|', null as ∅.</summary>
    public List<string> Texts(string sql) => Texts(Connection, sql);

    public static List<string> Texts(DuckConnection connection, string sql)
    {
        using var result = connection.Query($"SELECT COLUMNS(*)::VARCHAR FROM ({sql})");
        var rows = new List<string>();
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                var texts = new List<string>();
                for (var column = 0; column < result.Columns.Count; column++) texts.Add(result[column].Text(row) ?? "∅");
                rows.Add(string.Join('|', texts));
            }
        }

        return rows;
    }

    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
