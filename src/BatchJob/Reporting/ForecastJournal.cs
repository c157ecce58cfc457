using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Watches the outputs of the folds and keeps what reports are made of: forecasts, labels, alarms, promotions,
/// decisions.</summary>
/// <remarks>Columns, not records: 14 series over 21 years with six strategies at three levels take about 50 MB. Not safe for
/// concurrent use.</remarks>
/// <param name="restartAfterDays">Days without a bar after which a series counts its bars anew, as the Topology does.</param>
public sealed class ForecastJournal(int restartAfterDays = 30) : IOutput
{
    const long DayUs = 86_400_000_000;

    readonly SortedDictionary<SeriesId, SeriesJournal> _series = [];
    readonly List<DriftAlarm> _alarms = [];
    readonly List<PromotionNote> _promotions = [];
    readonly List<RetrainDecision> _decisions = [];
    readonly List<string> _models = [];
    readonly Dictionary<string, int> _placeOfModel = new(StringComparer.Ordinal);
    readonly long[] _counts = new long[Enum.GetValues<FoldEvent>().Length];

    /// <summary>The series, in their one order.</summary>
    public IReadOnlyCollection<SeriesJournal> Series => _series.Values;

    /// <summary>Drift alarms, in the order in which they came.</summary>
    public IReadOnlyList<DriftAlarm> Alarms => _alarms;

    /// <summary>Promotions, in the order in which they came.</summary>
    public IReadOnlyList<PromotionNote> Promotions => _promotions;

    /// <summary>Decisions of retrains, in the order in which they came.</summary>
    public IReadOnlyList<RetrainDecision> Decisions => _decisions;

    /// <summary>Forecasts of all series.</summary>
    public long Forecasts => _series.Values.Sum(series => (long)series.Count);

    /// <inheritdoc/>
    public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        switch (record)
        {
            case Bar bar: Of(bar.Series).Add(bar, restartAfterDays * DayUs); break;
            case Forecast forecast: Of(forecast.Series).Add(forecast, PlaceOfModel); break;
            case Score score: Of(score.Series).Add(score); break;
            case DriftAlarm alarm: _alarms.Add(alarm); break;
            case ModelPromotion promotion: _promotions.Add(PromotionNote.Of(promotion)); break;
            case RetrainDecision decision: _decisions.Add(decision); break;
        }
    }

    /// <inheritdoc/>
    public void Count(FoldEvent what) => _counts[(int)what]++;

    /// <summary>How often something was counted.</summary>
    public long Counted(FoldEvent what) => _counts[(int)what];

    internal string Model(int place) => _models[place];

    SeriesJournal Of(in SeriesId id)
    {
        if (!_series.TryGetValue(id, out var series)) _series[id] = series = new SeriesJournal(id);
        return series;
    }

    int PlaceOfModel(string id)
    {
        if (_placeOfModel.TryGetValue(id, out var place)) return place;
        _placeOfModel[id] = place = _models.Count;
        _models.Add(id);
        return place;
    }
}
