using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Micro-batches as rows of bronze/micro_batches; promotions among them keep their body.</summary>
sealed class MicroBatchRows(Func<int> dayNumber) : RecordRows<MicroBatch>(dayNumber)
{
    static readonly ArrayType s_features = new(DeltaType.Float32, ContainsNull: true);
    static readonly StructType s_row = new(
    [
        new("bar_end", DeltaType.Timestamp), new("target_end", DeltaType.Timestamp), new("close", DeltaType.Float64),
        new("target_close", DeltaType.Float64), new("target_return", DeltaType.Float64), new("scale", DeltaType.Float64),
        new("features", s_features),
    ]);

    readonly JsonCells _json = new();

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("symbol", "VARCHAR"),
        ("interval", "VARCHAR"), ("source", "VARCHAR"), ("bar_end", "TIMESTAMPTZ"), ("target_time", "TIMESTAMPTZ"),
        ("restarted", "BOOLEAN"), ("close", "DOUBLE"), ("scale", "DOUBLE"), ("range_volatility", "DOUBLE"),
        ("volatility_inputs", "VARCHAR"), ("features", "VARCHAR"), ("rows", "VARCHAR"), ("fingerprint", "BIGINT"),
        ("epoch", "BIGINT"), ("provisional", "BOOLEAN"), ("remaining_share", "DOUBLE"), ("series", "VARCHAR"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public override TableDefinition Definition { get; } = LakeTables.Define(
        ["month"],
        [
            new("month", DeltaType.Text), .. BronzeColumns.Place, new("series", DeltaType.Text), new("symbol", DeltaType.Text),
            new("interval", DeltaType.Text), new("source", DeltaType.Text), new("bar_end", DeltaType.Timestamp),
            new("target_time", DeltaType.Timestamp), new("restarted", DeltaType.Truth), new("close", DeltaType.Float64),
            new("scale", DeltaType.Float64), new("range_volatility", DeltaType.Float64),
            new("volatility_inputs", new ArrayType(DeltaType.Float64, ContainsNull: true)), new("features", s_features),
            new("rows", new ArrayType(s_row, ContainsNull: true)), new("fingerprint", DeltaType.Int64), new("epoch", DeltaType.Int64),
            new("provisional", DeltaType.Truth), new("remaining_share", DeltaType.Float64), .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public override string Select { get; } =
        $"""
        strftime(day, '%Y-%m') AS month, * REPLACE (
            from_json(volatility_inputs, '["DOUBLE"]') AS volatility_inputs,
            from_json(features, '["DOUBLE"]')::FLOAT[] AS features,
            {NestedSql.List(s_row, "rows")} AS "rows")
        """;

    /// <inheritdoc/>
    protected override bool Holds(MicroBatch record) => BronzeColumns.Holds(record.BarEndUs) && BronzeColumns.Holds(record.TargetTimeUs);

    /// <inheritdoc/>
    protected override string SymbolOf(MicroBatch record) => record.Series.Symbol;

    /// <inheritdoc/>
    protected override void Fill(ref StageRow cells, MicroBatch record)
    {
        cells.Text(record.Series.Symbol);
        cells.Text(record.Series.Interval);
        cells.Text(record.Series.Source);
        cells.Long(record.BarEndUs);
        cells.Long(record.TargetTimeUs);
        cells.Bool(record.Restarted);
        cells.Double(record.Close);
        cells.Double(record.Scale);
        cells.Double(record.RangeVolatility);
        cells.Bytes(Numbers(record.VolatilityInputs));
        cells.Bytes(Numbers(record.Features));
        cells.Bytes(Rows(record.Rows));
        cells.Long(record.Fingerprint);
        cells.Long(record.Epoch);
        cells.Bool(record.Provisional);
        cells.Double(record.RemainingShare);
        cells.Text(record.Series.ToString());
    }

    ReadOnlySpan<byte> Numbers(double[] values)
    {
        _json.Clear().Open('[');
        foreach (var value in values) _json.Number(value);
        return _json.Close(']').Written;
    }

    ReadOnlySpan<byte> Numbers(float[] values)
    {
        _json.Clear().Open('[');
        foreach (var value in values) _json.Number((double)value);
        return _json.Close(']').Written;
    }

    ReadOnlySpan<byte> Rows(List<LabelledRow> rows)
    {
        _json.Clear().Open('[');
        foreach (var row in rows)
        {
            _json.Open('{').Name("bar_end").Whole(row.BarEndUs).Name("target_end").Whole(row.TargetEndUs).Name("close").Number(row.Close)
                .Name("target_close").Number(row.TargetClose).Name("target_return").Number(row.TargetReturn).Name("scale").Number(row.Scale)
                .Name("features").Open('[');
            foreach (var feature in row.Features) _json.Number((double)feature);
            _json.Close(']').Close('}');
        }

        return _json.Close(']').Written;
    }
}
