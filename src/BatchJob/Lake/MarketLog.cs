using System.Buffers;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Reads bronze/market as the log that it is the memory of: the same records in the same order, each body bit for bit.</summary>
/// <param name="connection">Where the query runs.</param>
/// <param name="relation">The table, to stand behind FROM.</param>
/// <remarks>Not thread-safe.</remarks>
public sealed class MarketLog(DuckConnection connection, string relation)
{
    internal const string SplitText = "split";
    internal const string DividendText = "dividend";

    const string Columns =
        "kind, topic, partition, \"offset\", symbol, source, sequence, time, start, \"interval\", price, open, high, low, volume, "
        + "action, price_factor, volume_factor, key, \"schema\", body";

    readonly ArrayBufferWriter<byte> _body = new(256);
    readonly NamePool _names = new();

    /// <summary>Takes a record.</summary>
    public delegate void Handler(in LakeRecord record);

    /// <summary>Reads the records that satisfy a condition, in the order of topic, partition, offset.</summary>
    /// <param name="condition">SQL to stand behind WHERE.</param>
    /// <param name="handler">Called for each record, in order.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public void Read(string condition, Handler handler, CancellationToken cancellation) => ReadRows(
        $"SELECT {Columns} FROM {relation} WHERE {condition} ORDER BY topic, partition, \"offset\"", handler, cancellation);

    /// <summary>Reads all market records as one stream: each partition in the order of its offsets, the partitions merged by the latest
    /// event time that each has come to; equal times in the order of topic and partition.</summary>
    /// <param name="handler">Called for each record, in order; records of no schema, or of another topic's, are left out.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <remarks>A partition's offsets are never turned round, whatever the times say: late records stay late. DuckDB sorts all rows, on
    /// disk where they don't fit its memory.</remarks>
    public void ReadMerged(Handler handler, CancellationToken cancellation) => ReadRows(
        $"""
        SELECT {Columns} FROM (
            SELECT *, max(time) OVER (PARTITION BY topic, partition ORDER BY "offset" ROWS UNBOUNDED PRECEDING) AS reached
            FROM {relation} WHERE kind <> '{MarketKinds.Other}')
        ORDER BY reached NULLS FIRST, topic, partition, "offset"
        """,
        handler, cancellation);

    void ReadRows(string sql, Handler handler, CancellationToken cancellation)
    {
        using var rows = connection.Query(sql, cancellation);
        while (rows.Read())
        {
            var chunk = new MarketChunk(rows);
            for (var row = 0; row < rows.RowCount; row++) Hand(chunk, row, handler);
        }
    }

    void Hand(in MarketChunk chunk, int row, Handler handler)
    {
        var kind = chunk.Kind.Bytes(row);
        var isWhole = chunk.Body.IsNull(row);
        string? schema;
        ReadOnlySpan<byte> body;
        if (isWhole)
        {
            _body.ResetWrittenCount();
            schema = Write(chunk, row, kind);
            body = _body.WrittenSpan;
        }
        else
        {
            schema = chunk.Schema.IsNull(row) ? null : Name(chunk.Schema, row);
            body = chunk.Body.Bytes(row);
        }

        var key = chunk.Key.IsNull(row) ? chunk.Symbol.Bytes(row) : chunk.Key.Bytes(row);
        handler(new LakeRecord
        {
            Topic = Name(chunk.Topic, row),
            Partition = chunk.Partition[row],
            Offset = chunk.Offset[row],
            SchemaName = schema,
            Key = key,
            Body = body,
        });
    }

    string Write(in MarketChunk chunk, int row, ReadOnlySpan<byte> kind)
    {
        if (kind.SequenceEqual("tick"u8))
        {
            var tick = new Tick(
                Name(chunk.Symbol, row), Name(chunk.Source, row), chunk.Time[row], new Price(chunk.Price[row]), chunk.Volume[row],
                chunk.Sequence[row]);
            return Write(tick);
        }

        if (kind.SequenceEqual("watermark"u8))
        {
            return Write(new Watermark(Name(chunk.Symbol, row), Name(chunk.Source, row), chunk.Time[row], chunk.Sequence[row]));
        }

        if (kind.SequenceEqual("source_bar"u8)) return Write(Bar(chunk, row));
        if (kind.SequenceEqual("reference_bar"u8)) return Write(new ReferenceBar(Bar(chunk, row)));
        if (!kind.SequenceEqual("corporate_action"u8))
        {
            throw new BrokenInputException(LakeTables.Market, $"kind {Encoding.UTF8.GetString(kind)} without a body", "one of its kinds");
        }

        var action = chunk.Action.Bytes(row).SequenceEqual("split"u8) ? CorporateActionKind.Split : CorporateActionKind.Dividend;
        return Write(new CorporateAction(
            Name(chunk.Symbol, row), Name(chunk.Source, row), action, chunk.Time[row], chunk.PriceFactor[row], chunk.VolumeFactor[row],
            chunk.Sequence[row]));
    }

    SourceBar Bar(in MarketChunk chunk, int row) => new(
        Name(chunk.Symbol, row), Name(chunk.Source, row), Name(chunk.Interval, row), chunk.Start[row], chunk.Time[row],
        new Price(chunk.Open[row]), new Price(chunk.High[row]), new Price(chunk.Low[row]), new Price(chunk.Price[row]),
        chunk.Volume[row], chunk.Sequence[row]);

    string Write<TRecord>(in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        AvroBody.Write(record, _body);
        return TRecord.SchemaName;
    }

    string Name(in DuckVector column, int row) => _names.GetOrAdd(column.Bytes(row))
        ?? throw new BrokenInputException(LakeTables.Market, "text that isn't UTF-8", "UTF-8");
}
