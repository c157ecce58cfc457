using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Tables of other writers, with what a reader of version 1 must do with each: conformance/delta beside the checkout.</summary>
public sealed class DeltaConformanceTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Expected rows that are wrong, and what makes them right. The log's value has no zone and is 11:11:11; the rows were made
    /// in a session of another zone (delta-kernel-rs skips the table for it: kernel/tests/golden_tables.rs).</summary>
    static readonly Dictionary<(string Table, string Column), string> s_corrections = new()
    {
        [("data-reader-partition-values", "as_timestamp")] = " - INTERVAL 7 HOUR",
    };

    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions());
    readonly ScratchFolder _work = new();

    public void Dispose()
    {
        _database.Dispose();
        _work.Dispose();
    }

    [SkippableFact]
    public async Task Every_table_does_what_the_index_says()
    {
        var rows = Csv("INDEX.csv");
        var failures = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var found = await FoundAsync(row);
            if (found is null) counts[row["expect"]] = counts.GetValueOrDefault(row["expect"]) + 1;
            else failures.Add($"{row["table"]} ({row["expect"]}): {found}");
        }

        var kinds = string.Join(", ", counts.Select(one => $"{one.Key} {one.Value}"));
        output.WriteLine($"{rows.Count - failures.Count}/{rows.Count}: {kinds}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(174, rows.Count);
    }

    [SkippableFact]
    public async Task Every_old_version_has_the_files_and_rows_that_the_index_says()
    {
        var rows = Csv("VERSIONS.csv");
        var failures = new List<string>();
        foreach (var row in rows)
        {
            var table = await OpenAsync(row["table"]);
            var snapshot = await table.AtVersionAsync(Number(row["version"]), default);
            var files = $"{snapshot.FileCount}";
            var count = row["num_rows"].Length == 0 ? "" : $"{await CountAsync(table, snapshot)}";
            if ((files, count) == (row["num_active_files"], row["num_rows"])) continue;
            failures.Add($"{row["table"]}@{row["version"]}: {files} files, {count} rows");
        }

        output.WriteLine($"{rows.Count - failures.Count}/{rows.Count} versions");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(203, rows.Count);
    }

    [SkippableFact]
    public void No_table_is_known_by_its_name()
    {
        var code = Directory.GetFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.All(Csv("INDEX.csv"), row => Assert.DoesNotContain(code, text => text.Contains(row["table"], StringComparison.Ordinal)));
    }

    /// <summary>Null where the table does what it should, else what it does.</summary>
    async Task<string?> FoundAsync(Dictionary<string, string> row)
    {
        try
        {
            var table = await OpenAsync(row["table"]);
            var snapshot = table.Snapshot;
            if (row["expect"] is "error" or "refuse") return $"opened at version {snapshot.Version}";
            var found = $"version {snapshot.Version}, {snapshot.FileCount} files, by {string.Join(';', snapshot.PartitionColumns)}";
            var expected = $"version {row["latest_version"]}, {row["num_active_files"]} files, by {row["partition_columns"]}";
            if (found != expected) return $"{found} instead of {expected}";
            if (row["expect"] == "log-only") return null;
            var count = await CountAsync(table, snapshot);
            if (count != Number(row["num_rows"])) return $"{count} rows instead of {row["num_rows"]}";
            var said = await table.CountRowsAsync(snapshot, default);
            if (said != count) return $"{said} rows by statistics, {count} in the files";
            return WritesWrongly(table, row["notes"]);
        }
        catch (BrokenInputException) when (row["expect"] == "error")
        {
            return null;
        }
        catch (RefusedException error) when (row["expect"] == "refuse")
        {
            return NamesFeature(error, row["notes"]) ? null : $"refused without the feature's name: {error.Message}";
        }
        catch (RefusedException) when (row["notes"].Contains("a refusal is equally right", StringComparison.Ordinal))
        {
            return null;
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    static string? WritesWrongly(DeltaTable table, string notes)
    {
        var mayNot = notes.Contains("must not write", StringComparison.Ordinal);
        try
        {
            table.Begin();
            return mayNot ? "began a transaction, though its writer version isn't ours" : null;
        }
        catch (RefusedException error)
        {
            return mayNot ? null : error.Message;
        }
    }

    /// <summary>Of the features that the notes list, all are named in the message; without a list, the version is.</summary>
    static bool NamesFeature(RefusedException error, string notes)
    {
        var list = notes.Split("readerFeatures=[") is [_, var rest, ..] ? rest[..rest.IndexOf(']', StringComparison.Ordinal)] : "";
        var expected = list.Length > 0 ? list.Split(' ') : ["reader version"];
        return expected.All(feature => error.Found.Contains(feature, StringComparison.Ordinal));
    }

    async Task<long> CountAsync(DeltaTable table, Snapshot snapshot)
    {
        using var scan = await TableScan.OpenAsync(table, snapshot, [], default);
        return Scalar($"SELECT count(*) FROM {scan.Relation}");
    }

    [SkippableFact]
    public async Task Rows_are_those_that_other_readers_find()
    {
        var root = SharedFiles.PathTo("conformance/delta/_expected");
        var failures = new List<string>();
        var compared = 0;
        foreach (var folder in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Directory.GetFiles(folder, "*.parquet").Length == 0) continue;
            var path = Path.GetRelativePath(root, folder).Replace('\\', '/').Split('/');
            var table = await OpenAsync($"{path[0]}/{path[1]}");
            var snapshot = path[2] == "latest" ? table.Snapshot : await table.AtVersionAsync(Number(path[2][1..]), default);
            compared++;
            if (await DifferenceAsync(table, snapshot, folder) is { } found) failures.Add($"{string.Join('/', path)}: {found}");
        }

        output.WriteLine($"{compared} versions compared, {failures.Count} differ");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(compared >= 40, $"{compared} versions compared");
    }

    async Task<string?> DifferenceAsync(DeltaTable table, Snapshot snapshot, string folder)
    {
        using var scan = await TableScan.OpenAsync(table, snapshot, [], default);
        var name = Path.GetFileName(Path.GetDirectoryName(folder))!;
        var columns = string.Join(", ", snapshot.Schema.Fields.Select(field =>
            $"{Sql.Name(field.Name)}::{ParquetType.SqlOf(field.Type)}{s_corrections.GetValueOrDefault((name, field.Name))}"
            + $" AS {Sql.Name(field.Name)}"));
        var files = string.Join(", ", Directory.GetFiles(folder, "*.parquet").Select(Sql.PathLiteral));
        var expected = $"SELECT {columns} FROM read_parquet([{files}], hive_partitioning=false)";
        try
        {
            var missing = Scalar($"SELECT count(*) FROM ({expected} EXCEPT ALL FROM {scan.Relation})");
            var surplus = Scalar($"SELECT count(*) FROM (FROM {scan.Relation} EXCEPT ALL {expected})");
            return missing + surplus == 0
                ? null
                : $"{missing} rows are missing, {surplus} are too many\n  wanted: {First($"{expected} EXCEPT ALL FROM {scan.Relation}")}"
                    + $"\n  found:  {First($"FROM {scan.Relation} EXCEPT ALL {expected}")}";
        }
        catch (StockException error)
        {
            return error.Message;
        }
    }

    string First(string sql)
    {
        using var connection = _database.Connect();
        return TestDatabase.Texts(connection, $"{sql} ORDER BY ALL LIMIT 1").FirstOrDefault("nothing");
    }

    long Scalar(string sql)
    {
        using var connection = _database.Connect();
        using var rows = connection.Query(sql);
        Assert.True(rows.Read());
        return (long)rows[0].Whole(0);
    }

    Task<DeltaTable> OpenAsync(string table)
    {
        var store = ObjectStores.Open(SharedFiles.PathTo($"conformance/delta/{table}"), new ObjectStoreOptions());
        return new Lake(store, _database, new LakeOptions { WorkFolder = _work.Path }).OpenAsync("", default);
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Rows by column; quotes as in RFC 4180, no line ends within a field.</summary>
    static List<Dictionary<string, string>> Csv(string name)
    {
        var lines = File.ReadAllLines(SharedFiles.PathTo($"conformance/delta/{name}")).Select(Fields).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    static List<string> Fields(string line)
    {
        var fields = new List<string> { "" };
        var isQuoted = false;
        foreach (var one in line)
        {
            if (one == '"') isQuoted = !isQuoted;
            else if (one == ',' && !isQuoted) fields.Add("");
            else fields[^1] += one;
        }

        return fields;
    }
}
