namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A lake in a folder of a test's own, with a clock that the test sets and names that count up.</summary>
sealed class TestLake : IDisposable
{
    readonly ScratchFolder _scratch = new();
    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { ThreadCount = 2, MemoryLimitBytes = 256L << 20 });
    readonly Func<IObjectStore> _open;
    int _names;

    /// <param name="change">Of the options.</param>
    /// <param name="open">Opens the store anew; null for a folder of the test's own.</param>
    public TestLake(Func<LakeOptions, LakeOptions>? change = null, Func<IObjectStore>? open = null)
    {
        var options = new LakeOptions { WorkFolder = $"{_scratch.Path}/work", Clock = Clock, NewName = NewName };
        Options = change is null ? options : change(options);
        Folder = _scratch.NewFolder();
        _open = open ?? (() => new LocalStore(Folder, Clock));
        Lake = Over(Store());
    }

    /// <summary>Earlier than any time that the file system gives by itself: what isn't made old by a test is young.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public LakeOptions Options { get; }

    public string Folder { get; }

    public Lake Lake { get; }

    public static StructType Schema { get; } =
        new([new("day", DeltaType.Date), new("symbol", DeltaType.Text), new("volume", DeltaType.Int64)]);

    public static TableDefinition Definition { get; } = new(Schema, ["day"]);

    /// <summary>The columns in the files of <see cref="Definition"/>.</summary>
    public static StructType FileSchema { get; } = new([Schema.Fields[1], Schema.Fields[2]]);

    public IObjectStore Store() => _open();

    /// <summary>The same lake as another process sees it.</summary>
    public Lake Over(IObjectStore store) => new(store, _database, Options);

    public Task<DeltaTable> NewTableAsync(Func<TableDefinition, TableDefinition>? change = null) =>
        Lake.OpenOrCreateAsync("bronze/market", change is null ? Definition : change(Definition), default);

    /// <summary>The same table as another process sees it.</summary>
    public Task<DeltaTable> OpenAsync(IObjectStore? store = null) => Over(store ?? Store()).OpenAsync("bronze/market", default);

    /// <summary>A file that isn't there: the log doesn't look.</summary>
    public static DataFile FileOf(string name, int rows = 1, string day = "2024-01-02") =>
        new($"day={day}/{name}.parquet", FileSchema, 100, 1_000_000)
        {
            PartitionValues = PartitionValues.Of(("day", day)),
            StatsJson = $"{{\"numRecords\":{rows}}}",
        };

    /// <summary>A file with one row of this volume, in the store.</summary>
    public DataFile Write(string name, long volume, string day = "2024-01-02")
    {
        var file = FileOf(name, 1, day);
        var path = $"{Folder}/bronze/market/{file.Key}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = _database.Connect();
        connection.Execute($"COPY (SELECT 'A' AS symbol, {volume}::BIGINT AS volume) TO {Sql.Literal(path)} (FORMAT parquet)");
        File.SetLastWriteTimeUtc(path, Clock.Now.UtcDateTime);
        return file with { SizeBytes = new FileInfo(path).Length };
    }

    /// <summary>Rows of a version, each as text, ordered.</summary>
    public async Task<List<string>> RowsAsync(DeltaTable table, Snapshot snapshot)
    {
        using var scan = await TableScan.OpenAsync(table, snapshot, [], default);
        using var connection = _database.Connect();
        return TestDatabase.Texts(connection, $"SELECT * FROM {scan.Relation} ORDER BY ALL");
    }

    public static string[] Keys(Snapshot snapshot) => [.. snapshot.Files.Select(file => Path.GetFileNameWithoutExtension(file.Key))];

    /// <summary>Makes all files of the log so far 31 days old.</summary>
    public void AgeLog()
    {
        foreach (var file in Directory.GetFiles(LogFile(""))) File.SetLastWriteTimeUtc(file, Clock.Now.UtcDateTime.AddDays(-31));
    }

    public string LogFile(string name) => $"{Folder}/bronze/market/_delta_log/{name}";

    public void Dispose()
    {
        _database.Dispose();
        _scratch.Dispose();
    }

    string NewName() => $"{Interlocked.Increment(ref _names):x32}";
}
