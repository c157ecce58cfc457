using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Retrains the champions of an interval and decides, once for all its series, whether the candidates replace them.</summary>
/// <remarks>A function of history, instant and options: series are trained in parallel, each by a seed of its own, and their results are
/// put together in ordinal order. Nothing of a history after the instant is looked at.</remarks>
/// <param name="history">What is known.</param>
/// <param name="options">How.</param>
/// <exception cref="ConfigurationException">Options that make no sense.</exception>
public sealed class Retrainer(TrainingHistory history, RetrainOptions options)
{
    readonly RetrainOptions _options = options.Validated();

    /// <summary>Intervals of the series seen, in ordinal order.</summary>
    public IReadOnlyCollection<string> Intervals => history.Intervals;

    /// <summary>Intervals with a series that has enough rows for a candidate and its test, in ordinal order.</summary>
    public IReadOnlyList<string> ReadyIntervals(long atUs) =>
        [.. history.Intervals.Where(interval => history.SeriesOf(interval).Any(series => SplitOf(series, atUs) is not null))];

    /// <summary>Trains candidates, tests them on held-back rows beside the champions, and decides.</summary>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="atUs">Only rows whose target closed by then are used, microseconds since 1970 UTC.</param>
    /// <param name="trigger">One of <see cref="RetrainTrigger"/>.</param>
    /// <param name="gate">What the quality gate said of the interval's rows; null where nobody looked.</param>
    /// <param name="progress">Told after each series, on any thread.</param>
    /// <param name="cancellation">Ends it with nothing decided.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RetrainResult Retrain(
        string interval, long atUs, string trigger, GateResult? gate = null, Action<RetrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        gate ??= GateResult.Off;
        var decision = Begin(interval, atUs, trigger, gate) with { EffectiveFromUs = atUs + _options.EffectiveDelayUs };
        if (gate.Verdict == GateVerdict.Failed)
            return new(decision with { Reason = $"the quality gate failed: nothing was trained ({gate.Failures})" }, []);
        List<(SeriesHistory Series, HeldBackSplit Split)> ready =
        [
            .. from series in history.SeriesOf(interval)
               let split = SplitOf(series, atUs)
               where split is not null
               select (series, split.Value),
        ];
        if (ready.Count == 0) return new(decision with { Reason = TooFewRows() }, []);

        var candidates = TrainEach(
            ready, (trainer, one) => trainer.TrainHeldBack(one.Series, one.Split, atUs, cancellation), progress, cancellation);
        var sound = candidates.Where(candidate => candidate.Fault is null).ToList();
        var test = PairedTest.Of(sound, interval == BarInterval.Session.ToString(), _options);
        var faults = string.Concat(candidates.Where(candidate => candidate.Fault is not null).Select(Refusal));
        var reason = ReasonOf(test, sound.Count) + faults;
        return Promote(WithNumbers(decision, sound, test) with { Reason = reason, Promoted = test.Passes }, sound);
    }

    /// <summary>Trains first models on all rows known by then, without a test: there is no champion yet.</summary>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="atUs">Only rows whose target closed by then are used; the models take over at the next bar.</param>
    /// <param name="progress">Told after each series, on any thread.</param>
    /// <param name="cancellation">Ends it with nothing decided.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RetrainResult TrainInitial(
        string interval, long atUs, Action<RetrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        var decision = Begin(interval, atUs, RetrainTrigger.Initial, GateResult.Off) with { EffectiveFromUs = atUs + 1 };
        List<(SeriesHistory Series, int Rows)> ready =
        [
            .. from series in history.SeriesOf(interval)
               let rows = HeldBackSplit.KnownBy(series.Rows, series.Rows.Count, atUs)
               where rows >= _options.TrainRowsMin
               select (series, rows),
        ];
        if (ready.Count == 0) return new(decision with { Reason = TooFewRows() }, []);
        var candidates = TrainEach(
            ready, (trainer, one) => trainer.TrainAll(one.Series, one.Rows, atUs, cancellation), progress, cancellation);
        var sound = candidates.Where(candidate => candidate.Fault is null).ToList();
        var faults = string.Concat(candidates.Where(candidate => candidate.Fault is not null).Select(Refusal));
        return Promote(WithModels(decision, sound) with { Promoted = sound.Count > 0, Reason = "first models" + faults }, sound);
    }

    RetrainDecision Begin(string interval, long atUs, string trigger, GateResult gate) => new()
    {
        Interval = interval,
        DecidedAtUs = atUs,
        Trigger = trigger,
        Gate = gate.Verdict.ToString().ToLowerInvariant(),
        Recipe = _options.Recipe.Name,
        Checks = gate.Checks,
        Evidence = history.EvidenceAt(interval, atUs),
    };

    HeldBackSplit? SplitOf(SeriesHistory series, long atUs) => HeldBackSplit.Of(series.Rows, atUs, _options);

    Candidate[] TrainEach<TWork>(
        List<TWork> work, Func<CandidateTrainer, TWork, Candidate> train, Action<RetrainProgress>? progress, CancellationToken cancellation)
    {
        var candidates = new Candidate[work.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellation };
        Parallel.For(0, work.Count, parallel, () => new CandidateTrainer(_options), TrainOne, static _ => { });
        return candidates;

        CandidateTrainer TrainOne(int index, ParallelLoopState state, CandidateTrainer trainer)
        {
            candidates[index] = train(trainer, work[index]);
            progress?.Invoke(new RetrainProgress(Interlocked.Increment(ref done), work.Count));
            return trainer;
        }
    }

    static RetrainResult Promote(RetrainDecision decision, List<Candidate> candidates)
    {
        if (!decision.Promoted) return new(decision, []);

        // Thousands of series share a decision: a promotion carries its numbers, not what is about all the others.
        var text = DecisionText.ToJson(decision with { Models = [], Checks = [], Evidence = [] });
        var isInitial = decision.Trigger == RetrainTrigger.Initial;
        return new(
            decision,
            [
                .. candidates.Select(candidate => new ModelPromotion(
                    candidate.Series, candidate.ModelId, candidate.TrainedUntilUs, decision.EffectiveFromUs, candidate.Fingerprint,
                    candidate.Artefact, candidate.HybridArtefact, text, isInitial)),
            ]);
    }

    static RetrainDecision WithModels(RetrainDecision decision, List<Candidate> candidates) => decision with
    {
        Series = candidates.Count,
        Models =
        [
            .. candidates.Select(candidate => new DecidedModel(
                candidate.Series.Symbol, candidate.Series.Source, candidate.ModelId, candidate.Rows, candidate.TrainedUntilUs)),
        ],
    };

    static RetrainDecision WithNumbers(RetrainDecision decision, List<Candidate> candidates, PairedTest test)
    {
        var described = WithModels(decision, candidates) with { Days = test.Days, Rows = test.Rows };
        return test.Rows == 0 ? described : described with
        {
            CandidateLoss = test.CandidateLoss,
            ChampionLoss = test.ChampionLoss,
            NaiveLoss = test.NaiveLoss,
            VersusChampion = test.VersusChampion.Mean,
            VersusChampionUpper = test.VersusChampionUpper,
            VersusNaive = test.VersusNaive.Mean,
            VersusNaiveUpper = test.VersusNaiveUpper,
            Margin = test.Margin,
        };
    }

    string TooFewRows() => string.Create(
        CultureInfo.InvariantCulture,
        $"no series has {_options.TrainRowsMin} rows to learn from and {_options.HeldBackRows} to be held back");

    static string ReasonOf(PairedTest test, int candidates)
    {
        if (candidates == 0) return "no candidate can be used";
        if (test.Days < PairedTest.DaysMin)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{test.Days} held-back days with scores of the champion; expected at least {PairedTest.DaysMin}");
        }

        if (test.Passes) return "not worse than the champion nor than no change";
        if (!(test.VersusChampionUpper < test.Margin)) return "may be worse than the champion by more than the margin";
        return "may be worse than no change by more than the margin";
    }

    static string Refusal(Candidate candidate) => $"; {candidate.Series} left out: {candidate.Fault}";
}
