using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli.Tests;

public sealed class ProgressLinesTests
{
    [Fact]
    public void A_line_every_two_seconds_tells_share_rate_and_time_left()
    {
        var clock = new FakeClock();
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(output, clock);
        for (var tenth = 1; tenth <= 50; tenth++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            lines.Report(new IngestProgress { TickCount = tenth * 100, BytesRead = tenth, BytesTotal = 100 });
        }

        Assert.Equal(
            ["kstock: 20 %, 2,000 records, 1,000 records/s, left 0:00:08", "kstock: 40 %, 4,000 records, 1,000 records/s, left 0:00:06"],
            output.ToString().TrimEnd().Split('\n'));
    }
}
