using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

[Collection(nameof(Alone))]
public sealed class ParquetLoadTests : IDisposable
{
    static readonly StructType s_schema = new(
    [
        new StructField("symbol", DeltaType.Text),
        new StructField("timeUs", DeltaType.Timestamp),
        new StructField("price", new DecimalType(18, 6)),
    ]);

    readonly TestTable _table = new(s_schema, "symbol");

    [Fact]
    public void Rows_become_files_while_more_rows_come()
    {
        var files = Load(rowCount: 50_000, new ParquetOptions { LoadRows = 9000 });
        Assert.Equal(50_000, files.Sum(file => FileStatistics.ReadNumRecords(file.StatsJson)));
        Assert.Equal(Enumerable.Range(0, files.Count), files.Select(file => int.Parse(Path.GetFileName(file.Key).Split('-')[1])));
        Assert.True(files.Count > 5);
        Assert.Equal(
            ["S0|16667|416658333.000000", "S1|16667|416675000.000000", "∅|16666|416641667.000000"],
            _table.Test.Texts($"SELECT symbol, count(*), sum(price) FROM {_table.Scan(files).Relation} GROUP BY 1 ORDER BY 1 NULLS LAST"));
        Assert.Empty(_table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void Rows_of_a_partition_keep_their_order_over_all_files()
    {
        var files = Load(rowCount: 30_000, new ParquetOptions { LoadRows = 7000 });
        var relation = _table.Scan(files.Where(file => file.PartitionValues["symbol"] == "S1")).Relation;
        var times = _table.Test.Texts($"SELECT epoch_us(\"timeUs\") FROM {relation}").Select(long.Parse).ToList();
        Assert.Equal(10_000, times.Count);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Without_partitions_the_rows_keep_their_order_over_all_files()
    {
        using var whole = new TestTable(s_schema);
        using var load = new ParquetLoad(whole.Test.Database, whole.Target(), new ParquetOptions { LoadRows = 9000, GroupRows = 4096 });
        FillAll(load, rowCount: 50_000);
        var files = load.Complete(CancellationToken.None);
        Assert.Equal([10_240, 10_240, 10_240, 10_240, 9_040], files.Select(file => FileStatistics.ReadNumRecords(file.StatsJson)));
        Assert.Equal(Enumerable.Range(0, 5), files.Select(file => int.Parse(Path.GetFileName(file.Key).Split('-')[1])));
        Assert.All(files, file => Assert.Equal(FileDigest.Of(Path.Combine(whole.Folder, file.Key)), file.Sha256));
        var rows = whole.Test.Texts($"SELECT symbol, epoch_us(\"timeUs\"), price FROM {whole.Scan(files).Relation}");
        Assert.Equal(Enumerable.Range(0, 50_000).Select(i => $"{(i % 3 == 2 ? "∅" : $"S{i % 3}")}|{i}|{i}.000000"), rows);
    }

    /// <summary>Long texts end a file before it has all of its rows: what waits is bounded by bytes, too.</summary>
    [Fact]
    public void Long_texts_make_more_files()
    {
        var schema = new StructType([new StructField("payload", DeltaType.Text)]);
        using var whole = new TestTable(schema);
        using var load = new ParquetLoad(whole.Test.Database, whole.Target(), new ParquetOptions { LoadBytes = 5_000_000 });
        var text = Encoding.UTF8.GetBytes(new string('x', 1000));
        for (var chunk = 0; chunk < 6; chunk++)
        {
            for (var row = 0; row < ParquetLoad.Capacity; row++) load.SetBytes(0, row, text);
            load.Flush(ParquetLoad.Capacity, CancellationToken.None);
        }

        var files = load.Complete(CancellationToken.None);
        Assert.Equal([6144, 6144], files.Select(file => FileStatistics.ReadNumRecords(file.StatsJson)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_partitions_too_what_is_not_completed_leaves_nothing(bool isCancelled)
    {
        var before = DuckDatabase.OpenHandleCount;
        using (var whole = new TestTable(s_schema))
        {
            using var cancellation = new CancellationTokenSource();
            using (var load = new ParquetLoad(whole.Test.Database, whole.Target(), new ParquetOptions { LoadRows = 2048 }))
            {
                FillAll(load, rowCount: 20_000);
                if (isCancelled)
                {
                    cancellation.Cancel();
                    Assert.ThrowsAny<OperationCanceledException>(() => load.Complete(cancellation.Token));
                }
            }

            Assert.False(Directory.Exists(whole.Folder) && Directory.EnumerateFiles(whole.Folder).Any());
        }

        Assert.Equal(before, DuckDatabase.OpenHandleCount);
    }

    [Fact]
    public void Without_partitions_too_a_failure_of_the_writing_side_reaches_the_filling_side()
    {
        using var whole = new TestTable(s_schema);
        File.WriteAllText(whole.Folder, "a file where the folder should be");
        using var load = new ParquetLoad(whole.Test.Database, whole.Target(), new ParquetOptions { LoadRows = 2048 });
        Assert.ThrowsAny<Exception>(() => FillAll(load, rowCount: 100_000));
    }

    [Fact]
    public void No_rows_of_no_partition_make_no_files()
    {
        using var whole = new TestTable(s_schema);
        using var load = new ParquetLoad(whole.Test.Database, whole.Target(), new ParquetOptions());
        Assert.Empty(load.Complete(CancellationToken.None));
    }

    [Fact]
    public void No_rows_make_no_files() => Assert.Empty(Load(rowCount: 0, new ParquetOptions()));

    [Fact]
    public void What_is_not_completed_leaves_no_file()
    {
        using (var load = new ParquetLoad(_table.Test.Database, _table.Target(), new ParquetOptions { LoadRows = 2048 }))
        {
            for (var i = 0; i < 5; i++) Fill(load, first: i * 2048, count: 2048);
        }

        Assert.Empty(FilesOnDisk());
        Assert.Empty(_table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void A_failure_of_the_writing_side_reaches_the_filling_side()
    {
        Directory.CreateDirectory(_table.Folder);
        File.WriteAllText(Path.Combine(_table.Folder, "symbol=S1"), "a file where a folder should be");
        Assert.ThrowsAny<Exception>(() => Load(rowCount: 100_000, new ParquetOptions { LoadRows = 2048 }));
        Assert.Equal(["symbol=S1"], FilesOnDisk());
        Assert.Empty(_table.Test.Texts("SELECT table_name FROM duckdb_tables()"));
    }

    [Fact]
    public void A_cancelled_load_ends_and_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        using (var load = new ParquetLoad(_table.Test.Database, _table.Target(), new ParquetOptions { LoadRows = 2048 }))
        {
            Fill(load, first: 0, count: 2048);
            cancellation.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => load.Flush(1, cancellation.Token));
            Assert.ThrowsAny<OperationCanceledException>(() => load.Complete(cancellation.Token));
        }

        Assert.Empty(FilesOnDisk());
    }

    string[] FilesOnDisk() => Directory.Exists(_table.Folder)
        ? [.. Directory.GetFiles(_table.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_table.Folder, file))]
        : [];

    IReadOnlyList<DataFile> Load(int rowCount, ParquetOptions options)
    {
        using var load = new ParquetLoad(_table.Test.Database, _table.Target(), options);
        FillAll(load, rowCount);
        return load.Complete(CancellationToken.None);
    }

    static void FillAll(ParquetLoad load, int rowCount)
    {
        for (var first = 0; first < rowCount; first += ParquetLoad.Capacity)
        {
            Fill(load, first, Math.Min(ParquetLoad.Capacity, rowCount - first));
        }
    }

    static void Fill(ParquetLoad load, int first, int count)
    {
        for (var row = 0; row < count; row++)
        {
            var i = first + row;
            if (i % 3 == 2) load.SetNull(0, row);
            else load.SetBytes(0, row, Encoding.UTF8.GetBytes($"S{i % 3}"));
            load.Values<long>(1)[row] = i;
            load.Values<long>(2)[row] = i * Price.Unit;
        }

        load.Flush(count, CancellationToken.None);
    }

    public void Dispose() => _table.Dispose();
}
