using System.Globalization;
using System.Text;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>The market records that a lake remembers, to where those of files would go.</summary>
/// <param name="sink">Takes them, and as a dead letter what the live fold would refuse for its bytes or its key.</param>
sealed class LakeReplay(IMarketSink sink)
{
    readonly NamePool _names = new();
    readonly Dictionary<(string Symbol, string Source, string Interval), long> _references = [];

    /// <summary>Reads all of bronze/market, each partition in the order of its offsets, partitions merged by event time.</summary>
    /// <exception cref="BrokenInputException">There is no such table, or it can't be read: names the file.</exception>
    public async Task RunAsync(Lake lake, CancellationToken cancellation)
    {
        var table = await lake.OpenAsync(LakeTables.Market, cancellation);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        try
        {
            new MarketLog(connection, scan.Relation).ReadMerged(Take, cancellation);
        }
        catch (StockException error)
        {
            if (scan.Named(lake.Database, error, cancellation) is var named && !ReferenceEquals(named, error)) throw named;
            throw;
        }
    }

    void Take(in LakeRecord record)
    {
        try
        {
            Publish(record);
        }
        catch (RecordDefectException defect)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{record.Topic}[{record.Partition}]@{record.Offset}");
            sink.DeadLetter("", record.Body, where, defect.Found, defect.Expected);
        }
    }

    void Publish(in LakeRecord record)
    {
        switch (record.SchemaName)
        {
            case "kafka.stock.Tick":
                var tick = Read<Tick>(record);
                DemandKey(record, tick.Symbol);
                sink.Publish(tick);
                break;
            case "kafka.stock.SourceBar":
                var bar = Read<SourceBar>(record);
                DemandKey(record, bar.Symbol);
                sink.Publish(bar);
                break;
            case "kafka.stock.ReferenceBar":
                var reference = Read<ReferenceBar>(record);
                DemandKey(record, reference.Bar.Symbol);
                if (IsFirst(reference.Bar)) sink.Publish(reference);
                break;
            case "kafka.stock.Watermark":
                var watermark = Read<Watermark>(record);
                DemandKey(record, watermark.Symbol);
                sink.Publish(watermark);
                break;
            case "kafka.stock.CorporateAction":
                var action = Read<CorporateAction>(record);
                DemandKey(record, action.Symbol);
                sink.Publish(action);
                break;
        }
    }

    /// <summary>The live fold refuses a record under another symbol's key: it may lie in another partition than its series.</summary>
    static void DemandKey(in LakeRecord record, string symbol)
    {
        var key = Encoding.UTF8.GetString(record.Key);
        if (key != symbol) throw new RecordDefectException(record.Topic, $"key '{key}'", $"its symbol, '{symbol}'");
    }

    /// <summary>A topic has the reference's bars once in each partition, a simulation has one partition.</summary>
    bool IsFirst(in SourceBar bar)
    {
        var key = (bar.Symbol, bar.Source, bar.Interval);
        if (_references.TryGetValue(key, out var endUs) && bar.EndUs <= endUs) return false;
        _references[key] = bar.EndUs;
        return true;
    }

    TRecord Read<TRecord>(in LakeRecord record)
        where TRecord : struct, IAvroRecord<TRecord>
    {
        TRecord value = default;
        AvroBody.Read(record.Body, _names, ref value);
        return value;
    }
}
