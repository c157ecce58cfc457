using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Scores as rows of bronze/scores.</summary>
sealed class ScoreRows(Func<int> dayNumber) : RecordRows<Score>(dayNumber)
{
    static readonly StructType s_interval = new(
    [
        new("level", DeltaType.Float64), new("kind", DeltaType.Text), new("hit", DeltaType.Truth), new("winkler", DeltaType.Float64),
        new("coverage", DeltaType.Float64), new("coverage_bound", DeltaType.Float64),
    ]);

    static readonly StructType s_strategy = new(
    [
        new("strategy", DeltaType.Text), new("predicted_return", DeltaType.Float64), new("absolute_error", DeltaType.Float64),
        new("mase", DeltaType.Float64), new("intervals", new ArrayType(s_interval, ContainsNull: true)),
    ]);

    readonly JsonCells _json = new();

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("series", "VARCHAR"),
        ("symbol", "VARCHAR"), ("interval", "VARCHAR"), ("source", "VARCHAR"), ("made_at", "TIMESTAMPTZ"), ("target_end", "TIMESTAMPTZ"),
        ("last_close", "DOUBLE"), ("actual_close", "DOUBLE"), ("actual_return", "DOUBLE"), ("count", "BIGINT"), ("loss", "DOUBLE"),
        ("skipped_steps", "BIGINT"), ("served", "VARCHAR"), ("epoch", "BIGINT"), ("provisional", "BOOLEAN"), ("regret", "DOUBLE"),
        ("regret_bound", "DOUBLE"), ("strategies", "VARCHAR"), ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public override TableDefinition Definition { get; } = LakeTables.Define(
        ["month"],
        [
            new("month", DeltaType.Text), .. BronzeColumns.Place, new("series", DeltaType.Text), new("symbol", DeltaType.Text),
            new("interval", DeltaType.Text), new("source", DeltaType.Text), new("made_at", DeltaType.Timestamp),
            new("target_end", DeltaType.Timestamp), new("last_close", DeltaType.Float64), new("actual_close", DeltaType.Float64),
            new("actual_return", DeltaType.Float64), new("count", DeltaType.Int64), new("loss", DeltaType.Float64),
            new("skipped_steps", DeltaType.Int64), new("served", DeltaType.Text), new("epoch", DeltaType.Int64),
            new("provisional", DeltaType.Truth), new("regret", DeltaType.Float64), new("regret_bound", DeltaType.Float64),
            new("strategies", new ArrayType(s_strategy, ContainsNull: true)), .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public override string Select { get; } =
        $"strftime(day, '%Y-%m') AS month, * REPLACE ({NestedSql.List(s_strategy, "strategies")} AS strategies)";

    /// <inheritdoc/>
    protected override bool Holds(Score record) => BronzeColumns.Holds(record.MadeAtUs) && BronzeColumns.Holds(record.TargetEndUs);

    /// <inheritdoc/>
    protected override string SymbolOf(Score record) => record.Series.Symbol;

    /// <inheritdoc/>
    protected override void Fill(ref StageRow cells, Score record)
    {
        cells.Series(record.Series);
        cells.Long(record.MadeAtUs);
        cells.Long(record.TargetEndUs);
        cells.Double(record.LastClose);
        cells.Double(record.ActualClose);
        cells.Double(record.ActualReturn);
        cells.Long(record.Count);
        if (record.Loss is { } loss) cells.Double(loss);
        else cells.Null();
        cells.Long(record.SkippedSteps);
        cells.Text(record.Served);
        cells.Long(record.Epoch);
        cells.Bool(record.Provisional);
        cells.Double(record.Regret);
        cells.Double(record.RegretBound);
        cells.Bytes(Strategies(record));
    }

    ReadOnlySpan<byte> Strategies(Score score)
    {
        _json.Clear().Open('[');
        foreach (var one in score.Strategies)
        {
            _json.Open('{').Name("strategy").String(one.Strategy).Name("predicted_return").Number(one.PredictedReturn)
                .Name("absolute_error").Number(one.AbsoluteError).Name("mase").Number(one.Mase).Name("intervals").Open('[');
            foreach (var interval in one.Intervals)
            {
                _json.Open('{').Name("level").Number(interval.Level).Name("kind").String(BronzeNames.Of(interval.Kind))
                    .Name("hit").Truth(interval.Hit).Name("winkler").Number(interval.Winkler).Name("coverage").Number(interval.Coverage)
                    .Name("coverage_bound").Number(interval.CoverageBound).Close('}');
            }

            _json.Close(']').Close('}');
        }

        return _json.Close(']').Written;
    }
}
