using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Ingestor.Tests;

public sealed class StreamSinkTests
{
    [Fact]
    public async Task Records_dead_letters_and_positions_reach_their_topics_under_their_keys()
    {
        using var scratch = new Scratch();
        var path = scratch.Write(
            "iex_ticks_1.csv",
            "ts_ms_utc,symbol,price,size\n1402061400000,AAPL,645,1\nbad\n1402320600000,AAPL,93,7\n");
        scratch.Write("AAPL.csv", "dt,open,high,low,close,volume\n2014-06-06,645,650,640,645,1\n");
        using var broker = EmbeddedBroker.Start(partitions: 3);
        using var publisher = new RecordPublisher(broker.Options, new FoldCounters("ingestor"));
        var replay = new FileReplay(new FileReplayOptions { Paths = [scratch.Folder] }, TimeProvider.System);
        var progress = await replay.RunAsync(new StreamSink(publisher), [], CancellationToken.None);
        publisher.Flush();

        Assert.Equal((2L, 1L, 3L, 1L), (progress.TickCount, progress.BarCount, progress.WatermarkCount, progress.DeadLetterCount));
        Assert.Equal(
            ["AAPL Tick", "AAPL Watermark", "AAPL SourceBar", "AAPL Watermark", "AAPL Tick", "AAPL Watermark"],
            Read(broker, StockTopics.Market, (in TopicRecord record) =>
                $"{Encoding.UTF8.GetString(record.Key)} {record.SchemaName!["kafka.stock.".Length..]}"));
        Assert.Equal(
            ["csv/AAPL", "iex/AAPL"],
            Read(broker, StockTopics.IngestPositions, (in TopicRecord record) => Encoding.UTF8.GetString(record.Key))
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            [$"iex_ticks_1.csv bad {path}:3|1 fields in 'bad'|4 fields, as in the header|ingestor"],
            Read(broker, StockTopics.DeadLetters, (in TopicRecord record) =>
                $"{Encoding.UTF8.GetString(record.Key)} {Encoding.UTF8.GetString(record.Value)} "
                + string.Join('|', record.Headers.Select(header => header.Value))));
    }

    delegate string Show(in TopicRecord record);

    static List<string> Read(EmbeddedBroker broker, Topic topic, Show show)
    {
        List<string> records = [];
        new RecordReader(broker.Options, topic.Name, new RecordReaderOptions { WithHeaders = true }).Read(Take, CancellationToken.None);
        return records;

        bool Take(in TopicRecord record)
        {
            records.Add(show(record));
            return true;
        }
    }
}
