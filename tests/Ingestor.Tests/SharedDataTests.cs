using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Real files, bad prints and all: every one of their lines holds.</summary>
public sealed class SharedDataTests
{
    [SkippableTheory]
    [InlineData("data/daily", 63_314, 14)]
    [InlineData("data/daily_raw", 63_314, 14)]
    [InlineData("data/daily_stocknet", 27_676, 22)]
    [InlineData("data/minute", 16_679, 28)]
    [InlineData("data/ticks", 1_442_558, 17)]
    [InlineData("data/demo-clean", 17_232, 4)]
    public void All_lines_of_the_development_data_hold(string folder, long rows, int files)
    {
        var options = new FileReplayOptions { Paths = [SharedFiles.PathTo(folder)] };
        var reports = new FileValidator(options).Validate(CancellationToken.None).ToList();
        Assert.Equal((files, rows, 0L),
            (reports.Count, reports.Sum(report => report.RowCount), reports.Sum(report => report.ProblemCount)));
    }

    [SkippableTheory]
    [InlineData("data/minute", 16_679)]
    [InlineData("data/daily", 63_314)]
    public void Bars_of_many_files_merge_by_the_rules(string folder, int bars)
    {
        var sink = Replays.Of(new FileReplayOptions { Paths = [SharedFiles.PathTo(folder)] });
        Assert.Equal(bars, sink.Records.OfType<SourceBar>().Count());
        Replayed.AssertRules(sink);
    }

    [SkippableFact]
    public void A_week_of_trades_of_one_symbol_merges_by_the_rules()
    {
        var files = Directory.GetFiles(SharedFiles.PathTo("data/ticks"), "IBM_*");
        var sink = Replays.Of(new FileReplayOptions { Paths = files });
        Assert.Equal(126_395, sink.Records.OfType<Tick>().Count());
        Replayed.AssertRules(sink);
    }
}
