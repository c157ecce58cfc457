using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.BatchJob;

/// <summary>The quality gate over the bars that a broker's topic holds: what there is without a lake.</summary>
/// <remarks>
/// The topic is delivered at least once, so a record that repeats an earlier one byte for byte is passed over, as every reader does; two
/// bars of one end that differ are a finding. Memory: about 20 bytes a bar, and the gate's own.
/// </remarks>
public static class TopicGate
{
    /// <summary>Reads the bars from their beginning to their end.</summary>
    /// <param name="kafka">How to reach the broker.</param>
    /// <param name="options">Levels and bounds.</param>
    /// <param name="calendar">Sessions of all series.</param>
    /// <param name="acknowledged">Rows that may break rules.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StreamException">The broker doesn't answer, or has no such topic.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IntervalReports Read(
        KafkaOptions kafka, QualityOptions options, ITradingCalendar calendar, AcknowledgedRows acknowledged,
        CancellationToken cancellation)
    {
        var gates = new IntervalGates(options, _ => calendar, Actions(kafka, options, cancellation), acknowledged, []);
        var (names, places, seen) = (new NamePool(), new SortedDictionary<int, string>(), new HashSet<ulong>());
        new RecordReader(kafka, StockTopics.Bars.Name, new RecordReaderOptions { Name = "batch" }).Read(Take, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return gates.Complete(eventTimeUs: null);

        bool Take(in TopicRecord record)
        {
            if (record.SchemaName != Bar.SchemaName || !seen.Add(Fnv1a.Hash(record.Body))) return true;
            Bar bar = default;
            try
            {
                AvroBody.Read(record.Body, names, ref bar);
            }
            catch (RecordDefectException)
            {
                // No row was made of it: the micro-batches are made by the Topology beside the bars, not from this record.
                return true;
            }

            gates.Add(new QualityRow(
                bar.Series, bar.StartUs, bar.EndUs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume,
                RowPlace.Offset(PlaceOf(record.Partition), record.Offset)));
            return true;
        }

        string PlaceOf(int partition)
        {
            if (!places.TryGetValue(partition, out var place))
            {
                place = string.Create(CultureInfo.InvariantCulture, $"{StockTopics.Bars.Name}[{partition}]");
                places.Add(partition, place);
            }

            return place;
        }
    }

    /// <summary>Splits and dividends. Only jumps ask for them, and all trades are read for them: not where a jump only warns.</summary>
    static List<CorporateAction> Actions(KafkaOptions kafka, QualityOptions options, CancellationToken cancellation) =>
        options.FailOn.Contains(QualityCheck.Jumps.Name)
            ? TopicRecords.Read<CorporateAction>(kafka, StockTopics.Market, cancellation)
            : [];
}
