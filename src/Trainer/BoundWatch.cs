using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Watches what theorems promise: the regret of the aggregate, the coverage of its intervals. A breach is an alarm, and a defect
/// of ours.</summary>
sealed class BoundWatch
{
    /// <summary>Names of these alarms in <see cref="DriftAlarm.Detector"/>.</summary>
    public const string Regret = "regret-bound";

    /// <inheritdoc cref="Regret"/>
    public const string Coverage = "coverage-bound";

    /// <summary>Rounding of sums over many rounds isn't a breach.</summary>
    const double Slack = 1e-9;

    /// <summary>Experts lie within half a unit of 0, so that no round costs more than one.</summary>
    const double RoundLossMax = 1.0;

    bool _regretBroken;
    bool _coverageBroken;

    public static int StateBytes => 2;

    /// <summary>Fills the served strategy's regret and every strategy's coverage into a score, and tells of a breach once.</summary>
    public void Watch(TrainerState state, Score score, int delayRounds, IOutput output)
    {
        var aggregate = state.Aggregate;
        var best = 0;
        for (var expert = 1; expert < aggregate.Experts; expert++)
        {
            if (aggregate.Regret(expert) > aggregate.Regret(best)) best = expert;
        }

        score.Regret = aggregate.Regret(best);
        score.RegretBound = Math.Min(aggregate.RegretBound(best), RoundLossMax * aggregate.Rounds);
        var broken = score.Regret > score.RegretBound + (Slack * (1 + aggregate.Rounds));
        Tell(ref _regretBroken, broken, score, Regret, score.RegretBound, score.Regret, aggregate.Rounds, output);

        var worst = (Beyond: 0.0, Bound: 0.0, Off: 0.0, Rounds: 0L);
        for (var strategy = 0; strategy < score.Strategies.Length; strategy++)
        {
            var interval = state.Records[strategy].Interval;
            var levels = score.Strategies[strategy].Intervals;
            for (var level = 0; level < levels.Length; level++)
            {
                var rounds = interval.Rounds(level);
                var coverage = rounds == 0 ? levels[level].Level : 1.0 - ((double)interval.Misses(level) / rounds);
                var bound = Math.Min(1.0, interval.MissRateBound(level, delayRounds));
                levels[level] = levels[level] with { Coverage = coverage, CoverageBound = bound };
                var off = Math.Abs(coverage - levels[level].Level);
                if (off - bound > worst.Beyond) worst = (off - bound, bound, off, rounds);
            }
        }

        Tell(ref _coverageBroken, worst.Beyond > Slack, score, Coverage, worst.Bound, worst.Off, worst.Rounds, output);
    }

    public void Write(ref StateWriter writer)
    {
        writer.Boolean(_regretBroken);
        writer.Boolean(_coverageBroken);
    }

    public void Read(ref StateReader reader)
    {
        _regretBroken = reader.Boolean();
        _coverageBroken = reader.Boolean();
    }

    static void Tell(ref bool told, bool broken, Score score, string name, double bound, double found, long rounds, IOutput output)
    {
        if (broken && !told)
        {
            output.Publish(
                StockTopics.Drift, score.Series.Symbol,
                new DriftAlarm(score.Series, score.TargetEndUs, name, Strategies.Served, bound, found, rounds));
        }

        told = broken;
    }
}
