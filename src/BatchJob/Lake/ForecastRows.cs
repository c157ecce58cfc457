using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Forecasts as rows of bronze/forecasts.</summary>
sealed class ForecastRows(Func<int> dayNumber) : IBronzeRows
{
    const int ValueColumns = 14;
    static readonly StructType s_interval = new(
    [
        new("level", DeltaType.Float64), new("lower", DeltaType.Float64), new("upper", DeltaType.Float64), new("kind", DeltaType.Text),
    ]);

    static readonly StructType s_strategy = new(
    [
        new("strategy", DeltaType.Text), new("predicted_return", DeltaType.Float64), new("predicted_close", DeltaType.Float64),
        new("model_id", DeltaType.Text), new("steps", DeltaType.Int64), new("weight", DeltaType.Float64),
        new("intervals", new ArrayType(s_interval, ContainsNull: true)),
    ]);

    readonly NamePool _names = new();
    readonly JsonCells _json = new();
    Forecast? _forecast;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("series", "VARCHAR"),
        ("symbol", "VARCHAR"), ("interval", "VARCHAR"), ("source", "VARCHAR"), ("made_at", "TIMESTAMPTZ"),
        ("target_time", "TIMESTAMPTZ"), ("last_close", "DOUBLE"), ("scale", "DOUBLE"), ("served", "VARCHAR"), ("drift", "VARCHAR"),
        ("fingerprint", "BIGINT"), ("epoch", "BIGINT"), ("provisional", "BOOLEAN"), ("strategies", "VARCHAR"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public TableDefinition Definition { get; } = LakeTables.Define(
        ["month"],
        [
            new("month", DeltaType.Text), .. BronzeColumns.Place, new("series", DeltaType.Text), new("symbol", DeltaType.Text),
            new("interval", DeltaType.Text), new("source", DeltaType.Text), new("made_at", DeltaType.Timestamp),
            new("target_time", DeltaType.Timestamp), new("last_close", DeltaType.Float64), new("scale", DeltaType.Float64),
            new("served", DeltaType.Text), new("drift", DeltaType.Text), new("fingerprint", DeltaType.Int64),
            new("epoch", DeltaType.Int64), new("provisional", DeltaType.Truth),
            new("strategies", new ArrayType(s_strategy, ContainsNull: true)), .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public string Select { get; } =
        $"""
        strftime(day, '%Y-%m') AS month, * REPLACE (
            [{NestedSql.Struct(s_strategy, "one")} FOR one IN from_json(strategies, '{NestedSql.JsonOf(s_strategy)}')] AS strategies)
        """;

    /// <inheritdoc/>
    public void Fill(DuckAppender chunk, int row, in LakeRecord record)
    {
        var cells = new StageRow(chunk, row);
        cells.Place(dayNumber(), record);
        var isWhole = BronzeReading.TryRead(record, _names, ref _forecast)
            && BronzeColumns.Holds(_forecast!.MadeAtUs) && BronzeColumns.Holds(_forecast.TargetTimeUs);
        if (!isWhole)
        {
            cells.Unread(record, ValueColumns);
            return;
        }

        cells.Series(_forecast!.Series);
        cells.Long(_forecast.MadeAtUs);
        cells.Long(_forecast.TargetTimeUs);
        cells.Double(_forecast.LastClose);
        cells.Double(_forecast.Scale);
        cells.Text(_forecast.Served);
        cells.Text(BronzeNames.Of(_forecast.Drift));
        cells.Long(_forecast.Fingerprint);
        cells.Long(_forecast.Epoch);
        cells.Bool(_forecast.Provisional);
        cells.Bytes(Strategies(_forecast));
        cells.Rest(record, _forecast.Series.Symbol, isWhole: true);
    }

    ReadOnlySpan<byte> Strategies(Forecast forecast)
    {
        _json.Clear().Open('[');
        foreach (var one in forecast.Strategies)
        {
            _json.Open('{').Name("strategy").String(one.Strategy).Name("predicted_return").Number(one.PredictedReturn)
                .Name("predicted_close").Number(one.PredictedClose).Name("model_id").String(one.ModelId).Name("steps").Whole(one.Steps)
                .Name("weight").Number(one.Weight).Name("intervals").Open('[');
            foreach (var interval in one.Intervals)
            {
                _json.Open('{').Name("level").Number(interval.Level).Name("lower").Number(interval.Lower)
                    .Name("upper").Number(interval.Upper).Name("kind").String(BronzeNames.Of(interval.Kind)).Close('}');
            }

            _json.Close(']').Close('}');
        }

        return _json.Close(']').Written;
    }
}
