using System.Text.Unicode;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Market records as rows of bronze/market. What the columns can't hold bit for bit is kept as the body it came with.</summary>
/// <param name="dayNumber">Day that the rows are taken on, days since 1970 UTC: what the table is partitioned by besides the kind.</param>
sealed class MarketRows(Func<int> dayNumber) : IBronzeRows
{
    const int ValueColumns = 14;
    readonly NamePool _names = new();

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string SqlType)> StageColumns { get; } =
    [
        ("kind", "VARCHAR"), ("day", "DATE"), ("topic", "VARCHAR"), ("partition", "INTEGER"), ("offset", "BIGINT"),
        ("symbol", "VARCHAR"), ("source", "VARCHAR"), ("sequence", "BIGINT"), ("time", "TIMESTAMPTZ"), ("start", "TIMESTAMPTZ"),
        ("interval", "VARCHAR"), ("price", "DECIMAL(18,6)"), ("open", "DECIMAL(18,6)"), ("high", "DECIMAL(18,6)"),
        ("low", "DECIMAL(18,6)"), ("volume", "BIGINT"), ("action", "VARCHAR"), ("price_factor", "DOUBLE"), ("volume_factor", "DOUBLE"),
        ("key", "BLOB"), ("schema", "VARCHAR"), ("body", "BLOB"),
    ];

    /// <inheritdoc/>
    public TableDefinition Definition { get; } = LakeTables.Define(
        ["kind", "day"],
        [
            new("kind", DeltaType.Text), new("day", DeltaType.Date), .. BronzeColumns.Place,
            new("symbol", DeltaType.Text), new("source", DeltaType.Text), new("sequence", DeltaType.Int64),
            new("time", DeltaType.Timestamp), new("start", DeltaType.Timestamp), new("interval", DeltaType.Text),
            new("price", BronzeColumns.Price), new("open", BronzeColumns.Price), new("high", BronzeColumns.Price),
            new("low", BronzeColumns.Price), new("volume", DeltaType.Int64), new("action", DeltaType.Text),
            new("price_factor", DeltaType.Float64), new("volume_factor", DeltaType.Float64), .. BronzeColumns.Rest,
        ]);

    /// <inheritdoc/>
    public string Select => "*";

    /// <inheritdoc/>
    public void Fill(DuckAppender chunk, int row, in LakeRecord record)
    {
        var kind = MarketKinds.Of(record.SchemaName);
        var cells = new StageRow(chunk, row);
        cells.Text(kind);
        cells.Place(dayNumber(), record);
        switch (kind)
        {
            case MarketKinds.Tick when Read<Tick>(record, out var tick) && BronzeColumns.Holds(tick.EventTimeUs):
                Fill(ref cells, tick);
                cells.Rest(record, tick.Symbol, isWhole: true);
                break;
            case MarketKinds.SourceBar when Read<SourceBar>(record, out var bar) && Holds(bar):
                Fill(ref cells, bar);
                cells.Rest(record, bar.Symbol, isWhole: true);
                break;
            case MarketKinds.ReferenceBar when Read<ReferenceBar>(record, out var reference) && Holds(reference.Bar):
                Fill(ref cells, reference.Bar);
                cells.Rest(record, reference.Bar.Symbol, isWhole: true);
                break;
            case MarketKinds.Watermark when Read<Watermark>(record, out var watermark) && BronzeColumns.Holds(watermark.TimeUs):
                Head(ref cells, watermark.Symbol, watermark.Source, watermark.Sequence, watermark.TimeUs);
                cells.Nulls(ValueColumns - 4);
                cells.Rest(record, watermark.Symbol, isWhole: true);
                break;
            case MarketKinds.CorporateAction
                when Read<CorporateAction>(record, out var action) && BronzeColumns.Holds(action.EffectiveUs):
                Fill(ref cells, action);
                cells.Rest(record, action.Symbol, isWhole: true);
                break;
            default:
                // What the columns can't hold still belongs to a symbol, by its key: a rebuild reads it with that symbol's records.
                if (Utf8.IsValid(record.Key)) cells.Bytes(record.Key);
                else cells.Null();
                cells.Unread(record, ValueColumns - 1);
                break;
        }
    }

    static bool Holds(in SourceBar bar) => BronzeColumns.Holds(bar.StartUs) && BronzeColumns.Holds(bar.EndUs);

    static void Head(ref StageRow cells, string symbol, string source, long sequence, long timeUs)
    {
        cells.Text(symbol);
        cells.Text(source);
        cells.Long(sequence);
        cells.Long(timeUs);
    }

    static void Fill(ref StageRow cells, in Tick tick)
    {
        Head(ref cells, tick.Symbol, tick.Source, tick.Sequence, tick.EventTimeUs);
        cells.Nulls(2);
        cells.Long(tick.Price.Micros);
        cells.Nulls(3);
        cells.Long(tick.Size);
        cells.Nulls(3);
    }

    static void Fill(ref StageRow cells, in SourceBar bar)
    {
        Head(ref cells, bar.Symbol, bar.Source, bar.Sequence, bar.EndUs);
        cells.Long(bar.StartUs);
        cells.Text(bar.Interval);
        cells.Long(bar.Close.Micros);
        cells.Long(bar.Open.Micros);
        cells.Long(bar.High.Micros);
        cells.Long(bar.Low.Micros);
        cells.Long(bar.Volume);
        cells.Nulls(3);
    }

    static void Fill(ref StageRow cells, in CorporateAction action)
    {
        Head(ref cells, action.Symbol, action.Source, action.Sequence, action.EffectiveUs);
        cells.Nulls(7);
        cells.Text(action.Kind == CorporateActionKind.Split ? MarketLog.SplitText : MarketLog.DividendText);
        cells.Double(action.PriceFactor);
        cells.Double(action.VolumeFactor);
    }

    bool Read<TRecord>(in LakeRecord record, out TRecord value)
        where TRecord : struct, IAvroRecord<TRecord>
    {
        value = default;
        return BronzeReading.TryRead(record, _names, ref value);
    }
}
