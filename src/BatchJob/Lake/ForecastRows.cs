using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Forecasts as rows of bronze/forecasts.</summary>
sealed class ForecastRows(Func<int> dayNumber) : RecordRows<Forecast>(dayNumber)
{
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

    readonly JsonCells _json = new();

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("series", "VARCHAR"),
        ("symbol", "VARCHAR"), ("interval", "VARCHAR"), ("source", "VARCHAR"), ("made_at", "TIMESTAMPTZ"),
        ("target_time", "TIMESTAMPTZ"), ("last_close", "DOUBLE"), ("scale", "DOUBLE"), ("served", "VARCHAR"), ("drift", "VARCHAR"),
        ("fingerprint", "BIGINT"), ("epoch", "BIGINT"), ("provisional", "BOOLEAN"), ("strategies", "VARCHAR"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public override TableDefinition Definition { get; } = LakeTables.Define(
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
    public override string Select { get; } =
        $"strftime(day, '%Y-%m') AS month, * REPLACE ({NestedSql.List(s_strategy, "strategies")} AS strategies)";

    /// <inheritdoc/>
    protected override bool Holds(Forecast record) => BronzeColumns.Holds(record.MadeAtUs) && BronzeColumns.Holds(record.TargetTimeUs);

    /// <inheritdoc/>
    protected override string SymbolOf(Forecast record) => record.Series.Symbol;

    /// <inheritdoc/>
    protected override void Fill(ref StageRow cells, Forecast record)
    {
        cells.Series(record.Series);
        cells.Long(record.MadeAtUs);
        cells.Long(record.TargetTimeUs);
        cells.Double(record.LastClose);
        cells.Double(record.Scale);
        cells.Text(record.Served);
        cells.Text(BronzeNames.Of(record.Drift));
        cells.Long(record.Fingerprint);
        cells.Long(record.Epoch);
        cells.Bool(record.Provisional);
        cells.Bytes(Strategies(record));
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
