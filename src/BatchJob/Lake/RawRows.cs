using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Payloads as rows of bronze/raw.</summary>
sealed class RawRows(Func<int> dayNumber) : RecordRows<RawPayload>(dayNumber)
{
    const long DayUs = 86_400_000_000;
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"), ("symbol", "VARCHAR"),
        ("source", "VARCHAR"), ("fetched_at", "TIMESTAMPTZ"), ("content_type", "VARCHAR"), ("payload", "BLOB"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public override TableDefinition Definition { get; } = LakeTables.Define(
        ["day"],
        [
            new("day", DeltaType.Date), .. BronzeColumns.Place, new("symbol", DeltaType.Text), new("source", DeltaType.Text),
            new("fetched_at", DeltaType.Timestamp), new("content_type", DeltaType.Text), new("payload", DeltaType.Binary),
            .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public override string Select => "*";

    /// <inheritdoc/>
    protected override bool Holds(RawPayload record) => BronzeColumns.Holds(record.FetchedAtUs);

    /// <inheritdoc/>
    protected override string SymbolOf(RawPayload record) => record.Symbol;

    /// <inheritdoc/>
    protected override void Fill(ref StageRow cells, RawPayload record)
    {
        cells.Text(record.Symbol);
        cells.Text(record.Source);
        cells.Long(record.FetchedAtUs);
        cells.Text(record.ContentType);
        cells.Bytes(record.Payload.Span);
    }

    /// <summary>The day of the fetch.</summary>
    protected override int DayOf(RawPayload record) => (int)Math.DivRem(record.FetchedAtUs, DayUs).Quotient;
}
