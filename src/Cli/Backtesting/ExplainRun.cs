using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Folds a log, or files, up to one forecast.</summary>
sealed class ExplainRun
{
    readonly SettingValues _values;
    readonly SeriesId _series;
    readonly string _when;
    readonly ForecastWatch _watch;

    /// <summary>Of a forecast.</summary>
    /// <param name="values">Settings of the folds.</param>
    /// <param name="series">Whose.</param>
    /// <param name="when">Trading day or time, UTC, at which it was made.</param>
    public ExplainRun(SettingValues values, in SeriesId series, string when)
    {
        (_values, _series, _when) = (values, series, when);
        var calendar = FoldOptions.Calendar(values);
        _watch = IsDay(when, out var day)
            ? new ForecastWatch(series, madeAtUs => calendar.TradingDay(madeAtUs - 1) == day)
            : new ForecastWatch(series, madeAtUs => madeAtUs == TimeUs(when));
    }

    /// <summary>Whether a text is a trading day or a time.</summary>
    public static bool IsTime(string text) => IsDay(text, out _) || TryTime(text, out _);

    /// <summary>By simulating files.</summary>
    /// <exception cref="UsageException">A symbol, or the reference, isn't among the data.</exception>
    public async Task<Explanation> OfFilesAsync(IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var files = InputFolders.Of(StackSettings.Files(_values, []), folders);
        var look = await InputLook.AtAsync(files, cancellation);
        look.Require(SimulationSettings.Symbols(_values), interval: null);
        if (!look.Symbols.Contains(_series.Symbol, StringComparer.Ordinal)) throw new BrokenInputException(
            $"{_series}@{_when}", $"no bar of {_series.Symbol} in {look.Where}", $"a series of {look.Named()}");
        if (look.ReferenceGap(FoldOptions.Calendar(_values)) is { } gap) await Console.Error.WriteLineAsync("kstock: " + gap);
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var options = SimulationSettings.Of(_values);
        var simulation = new Simulation(options, _watch, cancellation: found.Token);
        var sink = new BacktestSink(simulation, SimulationSettings.Symbols(_values), _series.Interval, () =>
        {
            if (_watch.IsFound) found.Cancel();
        });
        try
        {
            await Task.Run(() => new FileReplay(files, TimeProvider.System).RunAsync(sink, [], found.Token), found.Token);
        }
        catch (OperationCanceledException) when (_watch.IsFound)
        {
            // Nothing after the forecast led to it.
        }

        if (!_watch.IsFound) throw NotFound();
        simulation.TopologyStates.TryGet(_series, out var topology);
        simulation.TrainerStates.TryGet(_series, out var trainer);
        return _watch.Explain(topology!, trainer!, options.Trainer.Pipeline);
    }

    /// <summary>By folding topics again.</summary>
    public Explanation OfTopics(CancellationToken cancellation)
    {
        var kafka = StackSettings.Client(_values);
        var trainerOptions = FoldOptions.Trainer(_values);
        var promotions = PromotionPlaces.Read(kafka, cancellation);
        var partitions = new Dictionary<int, PartitionReplay>();
        PartitionReplay? last = null;
        new RecordReader(kafka, StockTopics.Market.Name, new RecordReaderOptions { Name = "explain" }).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!_watch.IsFound) throw NotFound();
        last!.TopologyStates.TryGet(_series, out var topology);
        last.TrainerStates.TryGet(_series, out var trainer);
        return _watch.Explain(topology!, trainer!, trainerOptions.Pipeline);

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName is null) return true;
            if (!partitions.TryGetValue(record.Partition, out last))
            {
                TopicReplay.RequireBeginning(record);
                last = new PartitionReplay(
                    FoldOptions.Topology(_values), trainerOptions, promotions, _watch, new Dictionary<(SeriesId, long, bool), byte[]>());
                partitions[record.Partition] = last;
            }

            last.Take(new LogRecord(record.SchemaName, record.Key, record.Body, record.Offset));
            return !_watch.IsFound;
        }
    }

    BrokenInputException NotFound() => new(
        $"{_series}@{_when}", "no such forecast",
        _watch.Seen is { } seen
            ? string.Create(CultureInfo.InvariantCulture, $"one made from {Words(seen.FirstUs)} to {Words(seen.LastUs)}")
            : "a series with at least 61 bars");

    static string Words(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static bool IsDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    static long TimeUs(string text) => TryTime(text, out var time) ? (long)(time - DateTime.UnixEpoch).TotalMicroseconds : long.MinValue;

    static bool TryTime(string text, out DateTime time) => DateTime.TryParseExact(
        text, ["yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", "yyyy-MM-ddTHH:mm'Z'"], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
