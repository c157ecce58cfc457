using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>Runs whose outcome is known: where there is nothing to find nothing may be found, and what is planted must be.</summary>
/// <param name="options">How long.</param>
/// <param name="progress">Told of each run that is done: the control, and how many of how many.</param>
/// <param name="cancellation">Ends them.</param>
public sealed class Controls(ControlOptions options, Action<string, int, int>? progress = null, CancellationToken cancellation = default)
{
    const double Level = 0.9;

    /// <summary>Real bars whose days have random signs: nobody can beat "no change", and what is served must not lose to it.</summary>
    public ControlResult RandomWalk(IReadOnlyList<SourceBar> bars)
    {
        var runs = new double[options.FlippedRuns];
        for (var run = 0; run < runs.Length; run++)
        {
            var flipped = FlippedBars.Of(bars, (ulong)run + 1, memory: 0, options.Simulation.Topology.Calendar);
            runs[run] = Served(Simulate(flipped)).Mase!.Value;
            progress?.Invoke("random-walk", run + 1, runs.Length);
        }

        return Judged(
            "random-walk", "MASE of what is served, mean of runs over real bars with the signs of days flipped", runs.Average(),
            "at most 1.0008", value => value <= 1.0008, runs);
    }

    /// <summary>Made-up walks: an e-value over 20 against "no change" is a false discovery, and its chance is 1 in 20 at most.</summary>
    public ControlResult FalseDiscoveries()
    {
        var runs = new double[options.Walks];
        var done = 0;
        Parallel.For(0, runs.Length,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, run =>
        {
            var (bars, _) = MadeUpBars.Of((ulong)run + 1, "WALK", options.WalkBars, _ => 0);
            runs[run] = Served(Simulate(bars, threads: 1)).EvidenceNaiveMax ?? 1;
            progress?.Invoke("false-discoveries", Interlocked.Increment(ref done), runs.Length);
        });
        var most = Math.Floor(0.05 * options.Walks);
        return Judged(
            "false-discoveries", $"random walks out of {options.Walks} where the e-value of what is served passed 20",
            runs.Count(wealth => wealth >= EProcess.Threshold), $"at most {most:0}", value => value <= most, runs);
    }

    /// <summary>Real bars with the signs of days flipped and a memory planted: it has to be found.</summary>
    public IReadOnlyList<ControlResult> PlantedMemory(IReadOnlyList<SourceBar> bars)
    {
        var rows = new ReportRow[options.PlantedRuns];
        for (var run = 0; run < rows.Length; run++)
        {
            rows[run] = Served(Simulate(FlippedBars.Of(bars, (ulong)run + 1, options.PlantedMemory, options.Simulation.Topology.Calendar)));
            progress?.Invoke("planted-memory", run + 1, rows.Length);
        }

        double[] errors = [.. rows.Select(row => row.Mase!.Value)];
        double[] evidence = [.. rows.Select(row => row.EvidenceNaiveMax ?? 1)];
        return
        [
            Judged("planted-memory", "MASE of what is served where each move repeats a tenth of the last, mean of runs", errors.Average(),
                "at most 0.9973", value => value <= 0.9973, errors),
            Judged("planted-memory-found", "largest e-value of what is served on the same bars, least of runs", evidence.Min(),
                "at least 20",
                value => value >= EProcess.Threshold, evidence),
        ];
    }

    /// <summary>Candidates trained with a learning rate of 1e-2, a hundred times too large: each has to be refused.</summary>
    public ControlResult BadCandidates(IReadOnlyList<SourceBar> bars)
    {
        var recipe = TrainingRecipe.Default with { Name = "reckless", Adam = new AdamOptions { LearningRate = 1e-2 } };
        var promoted = new CandidateTrials(options.Simulation, recipe, cancellation)
            .Run(bars, options.BadCandidates, done => progress?.Invoke("bad-candidates", done, options.BadCandidates));
        return Judged(
            "bad-candidates", $"candidates of a reckless recipe that were promoted, out of {promoted.Count}",
            promoted.Count(one => one), "0", value => value == 0 && promoted.Count == options.BadCandidates,
            [.. promoted.Select(one => one ? 1.0 : 0.0)]);
    }

    /// <summary>A regime that returns: what replay is worth then.</summary>
    public IReadOnlyList<ControlResult> Forgetting()
    {
        var trial = new ForgettingTrial(options.Simulation);
        var (longWith, longWithout) = new ForgettingTrial(options.Simulation) { RegimeBars = 1_000, SeriesCount = 2 }.Run(1);
        var pairs = new (double With, double Without)[options.ForgettingSeeds];
        for (var seed = 0; seed < pairs.Length; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            pairs[seed] = trial.Run((ulong)seed + 1);
            progress?.Invoke("forgetting", seed + 1, pairs.Length);
        }

        double[] with = [.. pairs.Select(pair => pair.With)];
        double[] without = [.. pairs.Select(pair => pair.Without)];
        return
        [
            Judged("forgetting-replay", "excess loss over the Bayes forecast when the first regime returns, with replay", with.Average(),
                "below that without", value => value < without.Average(), with),
            Judged("forgetting-no-replay", "the same with the newest row alone", without.Average(), "any", _ => true, without),
            Judged("forgetting-replay-wins", $"seeds out of {pairs.Length} where replay was better",
                pairs.Count(pair => pair.With < pair.Without),
                $"{pairs.Length}", value => value == pairs.Length, [.. pairs.Select(pair => pair.Without - pair.With)]),
            Judged("forgetting-long", "without replay less with it where a regime lasts 1,000 bars, longer than the buffer remembers",
                longWithout - longWith, "any", _ => true, [longWith, longWithout]),
        ];
    }

    ForecastJournal Simulate(IEnumerable<SourceBar> bars, int? threads = null)
    {
        var retrain = options.Simulation.Retrain;
        var journal = new ForecastJournal(options.Simulation.Topology.RestartAfterDays);
        var simulation = new Simulation(
            options.Simulation with
            {
                Schedule = options.Schedule,
                Retrain = retrain with { Parallelism = threads ?? retrain.Parallelism }
            },
            journal, cancellation: cancellation);
        foreach (var bar in bars) simulation.Apply(bar);
        simulation.Finish();
        return journal;
    }

    ReportRow Served(ForecastJournal journal)
    {
        var report = Report.Of(journal, new ReportOptions { FirstBar = options.FirstBar, Calendar = options.Simulation.Topology.Calendar });
        var row = report.Find(BarInterval.Session.ToString(), ReportRow.Pooled, ReportRow.WholeRange, Strategies.Served, Level)
            ?? throw new BrokenInputException(
                "controls", "no forecast that is scored", $"daily bars, more than {options.FirstBar} of a series");
        return row.Mase is not null
            ? row
            : throw new BrokenInputException("controls", "closes that never move", "daily bars of prices that do");
    }

    static ControlResult Judged(
        string control, string meaning, double value, string wanted, Func<double, bool> passes, IReadOnlyList<double> runs) =>
        new(control, meaning, value, wanted, passes(value), runs);
}
