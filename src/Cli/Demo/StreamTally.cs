using System.Security.Cryptography;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Everything the demo tells of a run, counted from the records of the topics and from nothing else.</summary>
/// <remarks>Safe for one writer and readers that take <see cref="Gate"/>.</remarks>
sealed class StreamTally
{
    readonly SortedDictionary<SeriesId, SeriesTally> _series = [];
    readonly SortedDictionary<SeriesId, List<(long MadeAtUs, byte[] Body)>> _forecasts = [];
    readonly SortedDictionary<(long AtUs, string Interval), byte[]> _decisions = [];
    readonly NamePool _names = new();
    Forecast? _forecast;
    Score? _score;

    /// <summary>Held while the tally is written or read.</summary>
    public Lock Gate { get; } = new();

    public long Ticks { get; private set; }

    public long MicroBatches { get; private set; }

    public long Forecasts { get; private set; }

    public long Scores { get; private set; }

    public long DeadLetters { get; private set; }

    /// <summary>Decisions of retrains.</summary>
    public long Decisions { get; private set; }

    /// <summary>Decisions that promoted.</summary>
    public long Promoted { get; private set; }

    /// <summary>The last decision; null before the first.</summary>
    public RetrainDecision? LastDecision { get; private set; }

    public IReadOnlyDictionary<SeriesId, SeriesTally> Series => _series;

    /// <summary>Final bars by interval, in ordinal order.</summary>
    public IEnumerable<(string Interval, long Bars)> BarsByInterval() =>
        _series.GroupBy(entry => entry.Key.Interval).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Sum(entry => entry.Value.Bars)));

    /// <summary>Takes a record of a topic in.</summary>
    public void Add(string topic, string schemaName, ReadOnlySpan<byte> body)
    {
        lock (Gate)
        {
            if (topic == StockTopics.DeadLetters.Name) DeadLetters++;
            else if (schemaName == "kafka.stock.Tick") Ticks++;
            else if (schemaName == "kafka.stock.MicroBatch") MicroBatches++;
            else if (schemaName == "kafka.stock.Bar") AddBar(body);
            else if (schemaName == "kafka.stock.Forecast") AddForecast(body);
            else if (schemaName == "kafka.stock.Score") AddScore(body);
            else if (schemaName == RetrainDecision.SchemaName) AddDecision(body);
        }
    }

    /// <summary>SHA-256 over all forecast bodies in order of series, then time; lower-case hex.</summary>
    public string ForecastsSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var forecasts in _forecasts.Values)
        {
            foreach (var (_, body) in forecasts.OrderBy(forecast => forecast.MadeAtUs)) hash.AppendData(body);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 over all decision bodies in order of time, then interval; lower-case hex.</summary>
    public string DecisionsSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var body in _decisions.Values) hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    void AddBar(ReadOnlySpan<byte> body)
    {
        Bar bar = default;
        AvroBody.Read(body, _names, ref bar);
        Of(bar.Series).Add(bar);
    }

    void AddForecast(ReadOnlySpan<byte> body)
    {
        AvroBody.Read(body, _names, ref _forecast);
        Forecasts++;
        Of(_forecast!.Series).Add(_forecast);
        if (!_forecasts.TryGetValue(_forecast.Series, out var kept)) _forecasts[_forecast.Series] = kept = [];
        kept.Add((_forecast.MadeAtUs, body.ToArray()));
    }

    void AddScore(ReadOnlySpan<byte> body)
    {
        AvroBody.Read(body, _names, ref _score);
        Scores++;
        Of(_score!.Series).Add(_score);
    }

    void AddDecision(ReadOnlySpan<byte> body)
    {
        RetrainDecision? decision = null;
        AvroBody.Read(body, _names, ref decision);
        Decisions++;
        if (decision!.Promoted) Promoted++;
        LastDecision = decision;
        _decisions[(decision.DecidedAtUs, decision.Interval)] = body.ToArray();
    }

    SeriesTally Of(in SeriesId series)
    {
        if (!_series.TryGetValue(series, out var tally)) _series[series] = tally = new SeriesTally();
        return tally;
    }
}
