namespace Kafka.Stock.BatchJob;

/// <summary>The strategies beside each other: skill, intervals, cost.</summary>
/// <param name="Rows">One an interval and strategy.</param>
/// <param name="SharedCpuSeconds">Processor time of what all strategies share: folds, features, intervals and scores.</param>
/// <param name="Journal">The forecasts of the run.</param>
/// <param name="Report">Their scores.</param>
public sealed record StrategyComparison(IReadOnlyList<CompareRow> Rows, double SharedCpuSeconds, ForecastJournal Journal, Report Report)
{
    const double ShownLevel = 0.9;

    /// <summary>Runs the records with retrains and without, and the steps alone.</summary>
    /// <param name="feed">Feeds a simulation with all records; called twice.</param>
    /// <param name="options">What is simulated.</param>
    /// <param name="scored">Which forecasts are scored.</param>
    /// <param name="cancellation">Ends it.</param>
    public static StrategyComparison Of(
        Action<Simulation> feed, SimulationOptions options, ReportOptions scored, CancellationToken cancellation = default)
    {
        var plain = CpuSeconds(feed, options with { Schedule = RetrainSchedule.Never, TrainUntilUs = null }, out _, cancellation);
        var whole = CpuSeconds(feed, options, out var log, cancellation);
        var journal = log.Journal;
        var costs = new StrategyCosts(options, journal, log.Steps).Measure(whole - plain);
        var report = Report.Of(journal, scored, options.Topology.HorizonBars);
        List<CompareRow> rows = [];
        foreach (var interval in report.Rows.Where(row => row is { Series: ReportRow.Pooled, Period: ReportRow.WholeRange })
            .GroupBy(row => row.Interval))
        {
            var level = interval.MinBy(row => Math.Abs(row.Level - ShownLevel))!.Level;
            foreach (var row in interval.Where(row => row.Level == level))
            {
                var cost = costs.GetValueOrDefault(row.Strategy);
                var recovery = Recovery.Of(journal, interval.Key, row.Strategy, scored);
                rows.Add(new CompareRow(
                    row, cost?.CpuSeconds ?? 0, cost?.RowsTouched ?? 0, recovery.MeanBars, recovery.Alarms, recovery.Unrecovered));
            }
        }

        return new(rows, Math.Max(0, plain - (costs.GetValueOrDefault(Trainer.Strategies.Online)?.CpuSeconds ?? 0)), journal, report);
    }

    static double CpuSeconds(
        Action<Simulation> feed, SimulationOptions options, out (ForecastJournal Journal, StepLog Steps) log,
            CancellationToken cancellation)
    {
        var journal = new ForecastJournal(options.Topology.RestartAfterDays);
        var steps = new StepLog(journal);
        log = (journal, steps);
        var before = Environment.CpuUsage.TotalTime;
        var simulation = new Simulation(options, steps, cancellation: cancellation);
        feed(simulation);
        simulation.Finish();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
