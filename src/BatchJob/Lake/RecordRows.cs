using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Records of one type as rows of a bronze table: columns of their values, or the body as it came where those can't give it back
/// bit for bit.</summary>
/// <param name="dayNumber">Day that the rows are taken on, days since 1970 UTC.</param>
abstract class RecordRows<TRecord>(Func<int> dayNumber) : IBronzeRows
    where TRecord : class, IAvroRecord<TRecord>
{
    readonly NamePool _names = new();
    TRecord? _record;

    /// <inheritdoc/>
    public abstract IReadOnlyList<(string Name, string SqlType)> StageColumns { get; }

    /// <inheritdoc/>
    public abstract TableDefinition Definition { get; }

    /// <inheritdoc/>
    public abstract string Select { get; }

    /// <inheritdoc/>
    public void Fill(DuckAppender chunk, int row, in LakeRecord record)
    {
        var cells = new StageRow(chunk, row);
        var isWhole = BronzeReading.TryRead(record, _names, ref _record) && Holds(_record!);
        cells.Place(isWhole ? DayOf(_record!) : dayNumber(), record);
        if (!isWhole)
        {
            cells.Unread(record, StageColumns.Count - StageRow.PlaceColumns - StageRow.RestColumns);
            return;
        }

        Fill(ref cells, _record!);
        cells.Rest(record, SymbolOf(_record!), isWhole: true);
    }

    /// <summary>Whether its instants are ones that a column can hold.</summary>
    protected abstract bool Holds(TRecord record);

    /// <summary>Fills the columns between place and rest, in their order.</summary>
    protected abstract void Fill(ref StageRow cells, TRecord record);

    /// <summary>What the record's key has to be.</summary>
    protected abstract string SymbolOf(TRecord record);

    /// <summary>Days since 1970 UTC: of the sync, unless the record has one of its own.</summary>
    protected virtual int DayOf(TRecord record) => dayNumber();
}
