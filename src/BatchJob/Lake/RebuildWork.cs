using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>The folding of a rebuild: symbols are shared out over workers, each with a stage for its rows.</summary>
sealed class RebuildWork(DuckDatabase database, RebuildOptions options, RebuildInput input) : IDisposable
{
    static int s_count;

    readonly List<LayerStage> _stages = [];
    readonly List<MedallionFold> _folds = [];
    readonly string _shares = $"_kstock_shares_{Interlocked.Increment(ref s_count)}";
    long _records;

    /// <summary>One a worker.</summary>
    public IReadOnlyList<LayerStage> Stages => _stages;

    /// <summary>Market records folded.</summary>
    public long Records => _records;

    /// <summary>Of these, refused.</summary>
    public long Refused => _folds.Sum(fold => fold.Refused);

    /// <summary>Payloads read.</summary>
    public long Payloads { get; private set; }

    /// <summary>Payloads of another form.</summary>
    public long UnreadPayloads { get; private set; }

    /// <summary>With a market reference the bars of a partition's reference concern all of the partition.</summary>
    string Share => options.Topology.Reference is null ? "symbol" : "topic || '/' || partition";

    string Kinds => options.Topology.Reference is null ? "kind NOT IN ('other', 'reference_bar')" : "kind <> 'other'";

    /// <summary>Folds everything.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var workers = ShareOut(input.Carried is null ? options.Workers : 1, cancellation);
        for (var worker = 0; worker < workers; worker++)
        {
            _stages.Add(new LayerStage(database, options.Topology.Calendar, options.Topology.Pipeline));
            _folds.Add(new MedallionFold(options.Topology, _stages[worker]));
        }

        if (input.Carried is { } carried) Resume(_folds[0], carried, cancellation);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Factory.StartNew(
            () => Fold(worker, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        if (input.Raw is not null) ReadPayloads(input.Raw, cancellation);
        for (var worker = 0; worker < workers; worker++)
        {
            _folds[worker].Complete();
            _stages[worker].Complete();
        }
    }

    /// <summary>The states to carry.</summary>
    public IReadOnlyList<byte[]> States() => _folds.ConvertAll(fold =>
    {
        using var buffer = new MemoryStream();
        using (var state = new LayerStateWriter(buffer)) fold.Write(state);
        return buffer.ToArray();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stage in _stages) stage.Dispose();
        using var connection = database.Connect();
        connection.Execute($"DROP TABLE IF EXISTS {_shares}", CancellationToken.None);
    }

    /// <summary>Shares out: the largest first, each to who has least.</summary>
    int ShareOut(int workersMax, CancellationToken cancellation)
    {
        using var connection = database.Connect();
        connection.Execute($"CREATE TABLE {_shares} (share VARCHAR, worker INTEGER)", cancellation);
        var loads = new long[workersMax];
        var used = 1;
        var shares = new List<(string Share, int Worker)>();
        using (var rows = connection.Query(
            $"""
            SELECT {Share} AS share, count(*) FROM {input.Market} WHERE {Kinds} AND {input.MarketCondition} AND symbol IS NOT NULL
            GROUP BY 1 ORDER BY 2 DESC, 1
            """,
            cancellation))
        {
            while (rows.Read())
            {
                for (var row = 0; row < rows.RowCount; row++)
                {
                    var worker = Array.IndexOf(loads, loads.Min());
                    loads[worker] += rows[1].Values<long>()[row];
                    used = Math.Max(used, worker + 1);
                    shares.Add((rows[0].Text(row)!, worker));
                }
            }
        }

        foreach (var chunk in shares.Chunk(1_000))
        {
            var values = chunk.Select(one => string.Create(CultureInfo.InvariantCulture, $"({Sql.Literal(one.Share)}, {one.Worker})"));
            connection.Execute($"INSERT INTO {_shares} VALUES {string.Join(", ", values)}", cancellation);
        }

        return used;
    }

    void Fold(int worker, CancellationToken cancellation)
    {
        using var connection = database.Connect();
        var fold = _folds[worker];
        var count = 0L;
        var condition = $"{Kinds} AND {input.MarketCondition} AND {Share} IN (SELECT share FROM {_shares} WHERE worker = {worker})";
        new MarketLog(connection, input.Market).Read(
            condition,
            (in LakeRecord record) =>
            {
                fold.Apply(record);
                count++;
            },
            cancellation);
        Interlocked.Add(ref _records, count);
    }

    void ReadPayloads(string raw, CancellationToken cancellation)
    {
        using var connection = database.Connect();
        var payloads = new PayloadBars(connection, options.Topology.Calendar);
        payloads.Run(
            raw,
            input.RawCondition,
            (in SourceBar bar, long fetchedAtUs, in RecordPlace place) =>
                OwnerOf(bar.Symbol, bar.Source).Revised.Fetched(bar, fetchedAtUs, place),
            cancellation);
        (Payloads, UnreadPayloads) = (payloads.Read, payloads.Unread);
    }

    MedallionFold OwnerOf(string symbol, string source) => _folds.Find(fold => fold.Revised.Has(symbol, source)) ?? _folds[0];

    void Resume(MedallionFold fold, CarriedState carried, CancellationToken cancellation)
    {
        foreach (var bytes in carried.Folds)
        {
            using var state = new LayerStateReader(new MemoryStream(bytes));
            fold.Read(state);
        }

        using var connection = database.Connect();
        foreach (var (condition, relation) in Touched()) LoadBars(connection, fold.Revised, relation, condition, cancellation);
    }

    /// <summary>Revised bars that new records can change: of their symbols and sources, from their earliest time on.</summary>
    IEnumerable<(string Condition, string Relation)> Touched()
    {
        yield return (
            $"""
            EXISTS (SELECT 1 FROM (
                SELECT symbol, source, min(time) AS earliest FROM {input.Market}
                WHERE {Kinds} AND kind <> 'watermark' AND {input.MarketCondition} GROUP BY ALL) AS touched
              WHERE touched.symbol = old.symbol AND touched.source = old.source AND old."end" >= touched.earliest)
            """,
            input.OldBars!);
        if (input.Raw is null) yield break;
        yield return (
            $"(old.symbol, old.source) IN (SELECT (symbol, source) FROM {input.Raw} WHERE {input.RawCondition})", input.OldBars!);
    }

    static void LoadBars(
        DuckConnection connection, RevisedView revised, string relation, string condition, CancellationToken cancellation)
    {
        var names = new NamePool();
        using var rows = connection.Query(
            $"""
            SELECT symbol, "interval", source, start, "end", open, high, low, close, volume, ticks, first_tick, last_tick, known_at,
                topic, partition, "offset"
            FROM {relation} AS old WHERE "view" = '{LakeTables.Revised}' AND {condition}
            """,
            cancellation);
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                var (symbol, source) = (Name(rows, 0, row), Name(rows, 2, row));
                revised.Of(symbol, source).GetOrAdd(symbol, Name(rows, 1, row), source).Load(BarOf(rows, row, Name(rows, 14, row)));
            }
        }

        string Name(DuckResult result, int column, int row) => names.GetOrAdd(result[column].Bytes(row)) ?? "";
    }

    static RevisedBar BarOf(DuckResult rows, int row, string topic)
    {
        var isDelivered = rows[11].IsNull(row);
        return new RevisedBar
        {
            StartUs = Long(3),
            EndUs = Long(4),
            Open = new Price(Long(5)),
            High = new Price(Long(6)),
            Low = new Price(Long(7)),
            Close = new Price(Long(8)),
            Volume = Long(9),
            Ticks = Long(10),
            FirstTickUs = isDelivered ? 0 : Long(11),
            LastTickUs = isDelivered ? 0 : Long(12),
            KnownAtUs = Long(13),
            Place = new RecordPlace(topic, rows[15].Values<int>()[row], Long(16)),
            IsDelivered = isDelivered,
        };

        long Long(int column) => rows[column].Values<long>()[row];
    }
}
