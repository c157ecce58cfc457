using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli.Tests;

public sealed class EventLogTests
{
    [Fact]
    public void A_line_has_time_level_number_and_words_and_lower_levels_are_left_out()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var log = new EventLog(StreamEventLevel.Warning, output, new FakeClock());
        log.Write(new StreamEvent(7, StreamEventLevel.Information, "quiet"));
        log.Write(new StreamEvent(8, StreamEventLevel.Error, "loud"));
        Assert.Equal("1970-01-01T01:00:00.000Z error 8 loud\n", output.ToString());
        Assert.Null(log.OnStep);
    }

    [Fact]
    public void A_learning_step_is_told_at_debug()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var log = new EventLog(StreamEventLevel.Debug, output, new FakeClock());
        log.OnStep!(new LearningStep(Samples.Series, Step: 3, BatchSize: 4, Applied: true, Loss: 0.25, PredictedClose: 303.4));
        Assert.EndsWith(
            " SPY/1m/iex step 3, batch size 4, loss 0.25, predicted close 303.4\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_of_an_ingest_is_a_line_each_two_seconds()
    {
        var clock = new FakeClock();
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(output, clock);
        var progress = new IngestProgress { BytesRead = 250, BytesTotal = 1_000, TickCount = 500 };
        lines.Report(progress);
        clock.Advance(TimeSpan.FromSeconds(2));
        lines.Report(progress);
        lines.Report(progress);
        Assert.Equal("kstock: 25 %, 500 records, 250 records/s, left 0:00:06\n", output.ToString());
    }
}
