using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

public sealed partial class ReportPageTests
{
    static readonly Lazy<string> s_page = new(() => Page(SampleJournal.Run.Value, SampleJournal.Early));

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        foreach (var loading in (string[])["http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe"])
            Assert.DoesNotContain(loading, s_page.Value, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_plot_is_well_formed_and_has_no_number_that_is_not_one()
    {
        var plots = Figure().Matches(s_page.Value).Select(match => match.Value).ToList();
        // Rolling MASE, coverage, coverage by year, weights, alarms; the last year of three series.
        Assert.NotEmpty(SampleJournal.Run.Value.Alarms);
        Assert.Equal(5 + 3, plots.Count);
        foreach (var plot in plots)
        {
            var svg = XElement.Parse(plot).Descendants("svg").Single();
            Assert.NotEmpty(svg.Descendants("path").Concat(svg.Descendants("circle")));
            Assert.NotEmpty(svg.Descendants("text"));
            Assert.DoesNotMatch("NaN|Infinity|∞", plot);
        }
    }

    [Fact]
    public void Its_tables_show_the_figures_of_the_report()
    {
        var report = Report.Of(SampleJournal.Run.Value, SampleJournal.Early);
        foreach (var row in report.Rows
            .Where(row => row is { Period: "all", Level: 0.9 } && (row.Series == "pooled" || row.Strategy == "aggregate")))
            Assert.Contains($"<td>{row.Mase:0.0000}</td>", s_page.Value, StringComparison.Ordinal);
        Assert.Contains("S2/1d/csv", s_page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Promotions_and_alarms_have_a_plot_and_the_numbers_of_each_decision()
    {
        var journal = SampleJournal.Of(SampleWalks.Of(21, 440, 2, memory: 0.35), RetrainSchedule.Monthly);
        journal.Publish(StockTopics.Drift, "S0", new DriftAlarm(
            new SeriesId("S0", "1d", "csv"), journal.Decisions[0].DecidedAtUs, "adwin", "aggregate", 0.5, 1.5, 100));
        var page = Page(journal, new ReportOptions { FirstBar = 100 });
        Assert.NotEmpty(journal.Decisions);
        Assert.Contains("Retrains: upper bound", page, StringComparison.Ordinal);
        Assert.Contains("adwin: mean loss 0.5 to 1.5", page, StringComparison.Ordinal);
        foreach (var decision in journal.Decisions)
        {
            Assert.Contains($"<td>{decision.CandidateLoss:0.0000}</td>", page, StringComparison.Ordinal);
            var sure = decision.Evidence[0];
            Assert.Equal("aggregate", sure.Strategy);
            Assert.Contains($"<td>{sure.ENaive:G3}</td><td>{sure.EOnline:G3}</td>", page, StringComparison.Ordinal);
            Assert.Contains("<td>month</td><td>passed</td><td>0</td>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_symbol_cannot_bring_markup_with_it()
    {
        var page = Page(SampleJournal.ByHand([1, 2, 3], _ => (0, 0.5, 5), "<b>X</b>"), new ReportOptions { FirstBar = 1 });
        Assert.DoesNotContain("<b>X", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;X", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_scored_forecast_it_says_so() => Assert.Contains(
        "No forecast was made at or after bar 5000", Page(SampleJournal.Run.Value, new ReportOptions { FirstBar = 5_000 }),
            StringComparison.Ordinal);

    [Fact]
    public void The_same_run_gives_the_same_page() => Assert.Equal(s_page.Value, Page(SampleJournal.Run.Value, SampleJournal.Early));

    static string Page(ForecastJournal journal, ReportOptions options)
    {
        var writer = new StringWriter();
        ReportPage.Write(writer, journal, Report.Of(journal, options), options);
        return writer.ToString();
    }

    [GeneratedRegex("<figure>.*?</figure>", RegexOptions.Singleline, 5_000)]
    private static partial Regex Figure();
}
