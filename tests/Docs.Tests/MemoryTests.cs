using System.Globalization;
using System.Text.RegularExpressions;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Docs.Tests;

/// <summary>The bytes a series takes are those that docs/operations.md tells.</summary>
public sealed partial class MemoryTests
{
    static readonly SeriesId s_series = SeriesId.Parse("AAA/1d/csv");

    [Fact]
    public void A_warm_series_takes_what_the_document_says()
    {
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var nowhere = new EncodingOutput(static (Topic _, in LogRecord _) => { });
        var batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, nowhere);
        });
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, batches));
        foreach (var bar in SampleBars.RandomWalk(seed: 5, count: 1_000)) market.Publish(StockTopics.Market, bar.Symbol, bar);
        AssertTold("Topology", topology.States.GetOrAdd(s_series).StateBytes);
        AssertTold("Trainer", trainer.States.GetOrAdd(s_series).StateBytes);
    }

    static void AssertTold(string role, int bytes)
    {
        var text = File.ReadAllText(Repository.PathTo("docs/operations.md"));
        var told = Row().Matches(text).Single(row => row.Groups["role"].Value == role).Groups["bytes"].Value;
        var found = int.Parse(told, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.True(Math.Abs(bytes - found) <= 0.02 * bytes, $"docs/operations.md, {role}: found {found} bytes; expected about {bytes}");
    }

    [GeneratedRegex(@"^\| (?<role>\w+) \| about (?<bytes>[\d,]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
