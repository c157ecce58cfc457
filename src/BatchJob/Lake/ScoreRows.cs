using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Scores as rows of bronze/scores.</summary>
sealed class ScoreRows(Func<int> dayNumber) : IBronzeRows
{
    const int ValueColumns = 18;
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

    readonly NamePool _names = new();
    readonly JsonCells _json = new();
    Score? _score;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("series", "VARCHAR"),
        ("symbol", "VARCHAR"), ("interval", "VARCHAR"), ("source", "VARCHAR"), ("made_at", "TIMESTAMPTZ"), ("target_end", "TIMESTAMPTZ"),
        ("last_close", "DOUBLE"), ("actual_close", "DOUBLE"), ("actual_return", "DOUBLE"), ("count", "BIGINT"), ("loss", "DOUBLE"),
        ("skipped_steps", "BIGINT"), ("served", "VARCHAR"), ("epoch", "BIGINT"), ("provisional", "BOOLEAN"), ("regret", "DOUBLE"),
        ("regret_bound", "DOUBLE"), ("strategies", "VARCHAR"), ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public TableDefinition Definition { get; } = LakeTables.Define(
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
        var isWhole = BronzeReading.TryRead(record, _names, ref _score)
            && BronzeColumns.Holds(_score!.MadeAtUs) && BronzeColumns.Holds(_score.TargetEndUs);
        if (!isWhole)
        {
            cells.Unread(record, ValueColumns);
            return;
        }

        Fill(ref cells, _score!);
        cells.Rest(record, _score!.Series.Symbol, isWhole: true);
    }

    void Fill(ref StageRow cells, Score score)
    {
        cells.Series(score.Series);
        cells.Long(score.MadeAtUs);
        cells.Long(score.TargetEndUs);
        cells.Double(score.LastClose);
        cells.Double(score.ActualClose);
        cells.Double(score.ActualReturn);
        cells.Long(score.Count);
        if (score.Loss is { } loss) cells.Double(loss);
        else cells.Null();
        cells.Long(score.SkippedSteps);
        cells.Text(score.Served);
        cells.Long(score.Epoch);
        cells.Bool(score.Provisional);
        cells.Double(score.Regret);
        cells.Double(score.RegretBound);
        cells.Bytes(Strategies(score));
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
