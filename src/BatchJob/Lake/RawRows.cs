using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Payloads as rows of bronze/raw.</summary>
sealed class RawRows(Func<int> dayNumber) : IBronzeRows
{
    const int ValueColumns = 5;
    const long DayUs = 86_400_000_000;
    readonly NamePool _names = new();
    RawPayload? _payload;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("symbol", "VARCHAR"),
        ("source", "VARCHAR"), ("fetched_at", "TIMESTAMPTZ"), ("content_type", "VARCHAR"), ("payload", "BLOB"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public TableDefinition Definition { get; } = LakeTables.Define(
        ["day"],
        [
            new("day", DeltaType.Date), .. BronzeColumns.Place, new("symbol", DeltaType.Text), new("source", DeltaType.Text),
            new("fetched_at", DeltaType.Timestamp), new("content_type", DeltaType.Text), new("payload", DeltaType.Binary),
            .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public string Select => "*";

    /// <inheritdoc/>
    public void Fill(DuckAppender chunk, int row, in LakeRecord record)
    {
        var isWhole = BronzeReading.TryRead(record, _names, ref _payload) && BronzeColumns.Holds(_payload!.FetchedAtUs);
        var cells = new StageRow(chunk, row);
        cells.Place(isWhole ? (int)Math.DivRem(_payload!.FetchedAtUs, DayUs).Quotient : dayNumber(), record);
        if (!isWhole)
        {
            cells.Unread(record, ValueColumns);
            return;
        }

        cells.Text(_payload!.Symbol);
        cells.Text(_payload.Source);
        cells.Long(_payload.FetchedAtUs);
        cells.Text(_payload.ContentType);
        cells.Bytes(_payload.Payload.Span);
        cells.Rest(record, _payload.Symbol, isWhole: true);
    }
}
