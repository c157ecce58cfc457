using Kafka.Stock.Contracts;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Comparing;

public sealed class StrategyComparisonTests
{
    static readonly List<object> s_records = SampleWalks.Of(21, 440, 2, memory: 0.35);
    static readonly Lazy<StrategyComparison> s_comparison = new(() => StrategyComparison.Of(
        simulation => s_records.ForEach(record => Simulated.Apply(simulation, record)), new SimulationOptions(),
        new ReportOptions { FirstBar = 100 }));

    [Fact]
    public void Every_strategy_has_a_row_with_the_scores_of_the_report()
    {
        var comparison = s_comparison.Value;
        Assert.Equal(Strategies.All, comparison.Rows.Select(row => row.Scores.Strategy));
        foreach (var row in comparison.Rows)
            Assert.Equal(comparison.Report.Find("1d", "pooled", "all", row.Scores.Strategy, 0.9), row.Scores);
    }

    [Fact]
    public void Rows_touched_are_those_that_learning_went_through()
    {
        var rows = s_comparison.Value.Rows.ToDictionary(row => row.Scores.Strategy);
        var log = Simulated.Run(s_records, new SimulationOptions());
        var batches = log.Of<MicroBatch>();
        Assert.Equal(0, rows[Strategies.Naive].RowsTouched);
        Assert.Equal(batches.Count(batch => batch.Rows.Count > 0), rows[Strategies.Drift].RowsTouched);
        Assert.Equal(rows[Strategies.Drift].RowsTouched, rows[Strategies.Ridge].RowsTouched);
        Assert.Equal(batches.Sum(batch => batch.Rows.Count), rows[Strategies.Online].RowsTouched);
        Assert.Equal(
            log.Of<RetrainDecision>().Sum(decision => decision.Models.Sum(model => 10L * model.Rows)), rows[Strategies.Batch].RowsTouched);
        Assert.True(rows[Strategies.Hybrid].RowsTouched > rows[Strategies.Batch].RowsTouched);
        Assert.Equal(
            (3 * rows[Strategies.Drift].RowsTouched) + rows[Strategies.Online].RowsTouched + rows[Strategies.Hybrid].RowsTouched,
            rows[Strategies.Aggregate].RowsTouched);
    }

    [Fact]
    public void Whoever_computes_nothing_costs_nothing_and_the_aggregate_costs_what_its_experts_do()
    {
        var rows = s_comparison.Value.Rows.ToDictionary(row => row.Scores.Strategy);
        Assert.Equal(0, rows[Strategies.Naive].CpuSeconds);
        Assert.True(rows[Strategies.Online].CpuSeconds > 0);
        Assert.Equal(
            rows[Strategies.Drift].CpuSeconds + rows[Strategies.Ar1].CpuSeconds + rows[Strategies.Ridge].CpuSeconds
                + rows[Strategies.Online].CpuSeconds + rows[Strategies.Hybrid].CpuSeconds,
            rows[Strategies.Aggregate].CpuSeconds, 1e-9);
    }

    [Fact]
    public void The_table_and_the_page_have_every_strategy_and_load_nothing()
    {
        var (csv, page) = (new StringWriter(), new StringWriter());
        CompareFile.Write(csv, s_comparison.Value);
        ComparePage.Write(page, s_comparison.Value);
        var lines = csv.ToString().Split("\r\n");
        Assert.Equal(CompareFile.Columns, lines[0].Split(','));
        Assert.All(lines[1..^1], line => Assert.Equal(CompareFile.Columns.Count, line.Split(',').Length));
        foreach (var strategy in Strategies.All) Assert.Contains($">{strategy}</text>", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.ToString(), StringComparison.Ordinal);
        Assert.All(s_comparison.Value.Rows, row => Assert.InRange(row.AlarmsUnrecovered, 0, row.Alarms));
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What never came is told as that, and not as a bar of no length.</summary>
    [Fact]
    public void A_strategy_that_was_not_back_when_the_data_ended_is_named_without_a_number()
    {
        var row = s_comparison.Value.Rows[0];
        var comparison = s_comparison.Value with
        {
            Rows = [row with { Alarms = 3, AlarmsUnrecovered = 0, BarsToRecover = 4.5 }, row with { Alarms = 3, AlarmsUnrecovered = 3 }],
        };
        var (csv, page) = (new StringWriter(), new StringWriter());
        CompareFile.Write(csv, comparison);
        ComparePage.Write(page, comparison);
        var lines = csv.ToString().Split("\r\n");
        Assert.EndsWith(",4.5,3,0", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,3,3", lines[2], StringComparison.Ordinal);
        Assert.Contains(">4.5</text>", page.ToString(), StringComparison.Ordinal);
        Assert.Contains(">none, 3 not back when the data ended</text>", page.ToString(), StringComparison.Ordinal);
    }
}
