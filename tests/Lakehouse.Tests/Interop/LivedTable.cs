using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A table of every type that goes through all that tables go through, and is read by ClickHouse on the way.</summary>
sealed class LivedTable : IDisposable
{
    const int CommitRows = 9;
    const string Table = "odd-tables/all_types";
    readonly ScratchFolder _scratch = new();
    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2, MemoryLimitBytes = 256L << 20 });
    readonly TestClock _clock = new(TimeProvider.System.GetUtcNow());
    readonly Lake _lake;
    readonly ClickHouse _clickHouse;
    readonly string _from;
    DeltaTable? _table;
    int _writes;

    /// <summary>A table in a store that ClickHouse knows as <paramref name="from"/>.</summary>
    public LivedTable(ClickHouse clickHouse, Func<LivedTable, IObjectStore> open, Func<string, string> from)
    {
        var store = open(this);
        var work = Directory.CreateDirectory($"{_scratch.Path}/work").FullName;
        _lake = new Lake(store, _database, new LakeOptions { WorkFolder = work, Clock = _clock });
        (_clickHouse, _from) = (clickHouse, from($"{store.Root}/{Table}"));
    }

    public static TableDefinition Definition { get; } = new(
        new StructType(
        [
            .. TypedRows.AllTypes.Fields.Where(field => field.Name != "day"), new("a_day", DeltaType.Date),
            new("symbol", DeltaType.Text), new("day", DeltaType.Date), new("level", new DecimalType(18, 6)),
            new("at", DeltaType.Timestamp), new("flag", DeltaType.Truth), new("id", DeltaType.Int64),
        ]),
        ["symbol", "day", "level", "at", "flag", "id"]);

    public string NewFolder() => _scratch.NewFolder();

    /// <summary>Lives its life, and is compared after each part of it.</summary>
    public async Task LiveAsync()
    {
        _table = await _lake.OpenOrCreateAsync(Table, Definition, default);
        Assert.Equal(0, await CompareAsync(0));
        for (var commit = 1; commit <= 25; commit++) await AppendAsync();
        foreach (var version in (long[])[1, 9, 10, 11, 20, 25]) Assert.Equal(version * CommitRows, await CompareAsync(version));
        await OptimizeAsync();
        Assert.Equal(25 * CommitRows, await CompareNewestAsync());
        await _table.AddColumnsAsync([new StructField("added", DeltaType.Float64)], default);
        await AppendAsync();
        Assert.Equal(26 * CommitRows, await CompareNewestAsync());
        var transaction = _table.Begin();
        transaction.Remove(_table.Snapshot.Files.First());
        await transaction.CommitAsync("DELETE", null, default);
        var rows = await CompareNewestAsync();
        Assert.InRange(rows, 1, (26 * CommitRows) - 1);
        await GrowOldAsync();
        Assert.Equal(rows, await CompareNewestAsync());
        while (_table.Snapshot.Version < 41) await AppendAsync();
        Assert.True(await CompareNewestAsync() > rows);
        Assert.True(await CompareAsync(40) > rows);
        await SameHashAsync();
    }

    public void Dispose()
    {
        _database.Dispose();
        _scratch.Dispose();
    }

    Task<int> CompareNewestAsync() => SameRows.DemandAsync(_clickHouse, _table!, _table!.Snapshot, _from);

    async Task<int> CompareAsync(long version) =>
        await SameRows.DemandAsync(_clickHouse, _table!, await _table!.AtVersionAsync(version, default), _from);

    async Task SameHashAsync()
    {
        var (_, rows) = await SameRows.DemandHashAsync(_clickHouse, _table!, _from);
        Assert.Equal(_table!.Snapshot.RowCount, rows);
    }

    async Task AppendAsync()
    {
        var number = _writes;
        var schema = _table!.Snapshot.Schema;
        var inFiles = new StructType([.. schema.Fields.Where(field => !Definition.PartitionColumns.Contains(field.Name))]);
        var select = $"SELECT *, {OddRows.Partition(number % 16)} FROM ({OddRows.Select(inFiles, number * CommitRows, CommitRows)})";
        await _table.AppendAsync(await WriteAsync(select), [new("app 'é'", number)], default);
    }

    /// <summary>Two partitions alike, so that there is something to pack, then packed.</summary>
    async Task OptimizeAsync()
    {
        var read = _table!.Snapshot;
        var bins = _table.PlanCompaction(new CompactionOptions());
        var packed = new List<(CompactionBin, IReadOnlyCollection<DataFile>)>();
        foreach (var bin in bins)
        {
            using var scan = await TableScan.OfFilesAsync(_table, read, bin.Files, default);
            packed.Add((bin, await WriteAsync($"SELECT * FROM {scan.Relation}")));
        }

        Assert.NotEmpty(packed);
        await _table.CompactAsync(read, packed, default);
    }

    /// <summary>Forty days pass: the log before the newest checkpoint and the files that OPTIMIZE and DELETE removed go.</summary>
    async Task GrowOldAsync()
    {
        await _table!.CheckpointAsync(default);
        _clock.Now += TimeSpan.FromDays(40);
        var log = await _table.CleanUpLogAsync(default);
        Assert.True(log.Count > 25, $"{log.Count} files of the log deleted");
        var report = await _table.VacuumAsync(new VacuumOptions(), default);
        Assert.NotEmpty(report.Deleted);
    }

    async Task<IReadOnlyList<DataFile>> WriteAsync(string select)
    {
        var id = $"w{_writes++}";
        var target = new ParquetTarget(NewFolder(), _table!.Snapshot.Schema, Definition.PartitionColumns, id, 1_600_000_000_000_000);
        using var connection = _database.Connect();
        var files = ParquetWriter.Write(connection, target, select, new ParquetOptions(), default);
        foreach (var file in files) await _lake.Store.UploadAsync($"{Table}/{file.Key}", Path.Combine(target.Folder, file.Key), default);
        return files;
    }
}
