using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>Prediction intervals of one strategy of one series: quantile of its last scores at a level that adapts to its own
/// misses.</summary>
/// <remarks>Adaptive conformal inference (Gibbs and Candes 2021): a(t+1) = a(t) + g (alpha - miss(t)), g = alpha / 20, not clipped. An
/// interval
/// that is unbounded counts as a hit and one that is empty as a miss: that keeps every a(t) within [-g, 1 + g] and is what the bound
/// rests on.
/// Rounds whose interval was still warming don't move a(t), because it had no part in them. No allocation after construction.</remarks>
public sealed class ConformalInterval
{
    /// <summary>Scores that are kept.</summary>
    public const int Window = 500;

    /// <summary>Scores from which on a quantile is taken.</summary>
    public const int WarmScores = 200;

    /// <summary>Most levels.</summary>
    public const int LevelsMax = 16;

    const int Layout = 0x3149_4341;
    const double StepShare = 1.0 / 20.0;

    readonly ScoreWindow _scores = new(Window);
    readonly LevelState[] _levels;

    /// <summary>Makes the empty state.</summary>
    /// <param name="levels">Coverage levels, each inside (0, 1), for example .8, .9, .95.</param>
    /// <exception cref="ArgumentException">There are none, too many, or one is out of range.</exception>
    public ConformalInterval(ReadOnlySpan<double> levels)
    {
        if (levels.Length is 0 or > LevelsMax) throw new ArgumentException($"expected 1 to {LevelsMax} levels", nameof(levels));
        _levels = new LevelState[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            if (!(levels[i] > 0 && levels[i] < 1))
                throw new ArgumentException(Fault(levels[i]), nameof(levels));

            var alpha = 1.0 - levels[i];
            _levels[i] = new LevelState
            {
                Target = alpha,
                Current = alpha,
                NormalQuantile = NormalDistribution.Quantile(1.0 - 0.5 * alpha),
            };
        }
    }

    /// <summary>Number of levels.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>Scores in the window, at most <see cref="Window"/>.</summary>
    public int Count => _scores.Count;

    /// <summary>Bytes of its saved state: 4,016 and 24 a level.</summary>
    public int StateBytes => 2 * sizeof(int) + _scores.StateBytes + _levels.Length * (sizeof(double) + 2 * sizeof(long));

    /// <summary>The half-width of the next interval.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="scale">Forecast scale of the return, above 0.</param>
    public Band Bounds(int level, double scale)
    {
        ref readonly var state = ref _levels[level];
        if (Count < WarmScores) return new Band(state.NormalQuantile * scale, BandKind.Warming);
        if (state.Current <= 0) return new Band(double.PositiveInfinity, BandKind.Unbounded);
        return state.Current >= 1
            ? new Band(0.0, BandKind.Empty)
            : new Band(_scores.Quantile(1.0 - state.Current) * scale, BandKind.Bounded);
    }

    /// <summary>Takes the outcome of a forecast.</summary>
    /// <param name="score">|actual - predicted| / scale of that forecast; one that isn't finite is left out of the window.</param>
    /// <param name="kinds">[levels] kinds of that forecast's intervals.</param>
    /// <param name="misses">[levels] true where the actual return lay outside.</param>
    public void Update(double score, ReadOnlySpan<BandKind> kinds, ReadOnlySpan<bool> misses)
    {
        if (kinds.Length != _levels.Length || misses.Length != _levels.Length)
            throw new ArgumentException($"expected {_levels.Length} levels", nameof(kinds));

        for (var i = 0; i < _levels.Length; i++)
        {
            if (kinds[i] == BandKind.Warming) continue;
            var miss = kinds[i] == BandKind.Empty || (misses[i] && kinds[i] != BandKind.Unbounded);
            ref var state = ref _levels[i];
            state.Current += StepShare * state.Target * (state.Target - (miss ? 1.0 : 0.0));
            state.Rounds++;
            if (miss) state.Misses++;
        }

        if (double.IsFinite(score) && score >= 0) _scores.Add(score);
    }

    /// <summary>a(t): the share of misses that the next interval aims at; below 0 or above 1 now and then.</summary>
    public double Alpha(int level) => _levels[level].Current;

    /// <summary>Rounds since warming.</summary>
    public long Rounds(int level) => _levels[level].Rounds;

    /// <summary>Misses in these rounds, an empty interval always one, an unbounded one never.</summary>
    public long Misses(int level) => _levels[level].Misses;

    /// <summary>Largest |misses / rounds - alpha| that can be, whatever the data do; infinity before the first round.</summary>
    /// <param name="level">Index of the level.</param>
    /// <param name="delayRounds">Labels that may be outstanding when an interval is made, beyond the last one.</param>
    /// <remarks>(max(a1, 1 - a1) + g (1 + delay)) / (T g), a1 = alpha: Gibbs and Candes 2021, lemma 4.1 with the delay added.</remarks>
    public double MissRateBound(int level, int delayRounds = 0)
    {
        ref readonly var state = ref _levels[level];
        if (state.Rounds == 0) return double.PositiveInfinity;
        var step = StepShare * state.Target;
        return (Math.Max(state.Target, 1.0 - state.Target) + step * (1.0 + delayRounds)) / (state.Rounds * step);
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_levels.Length);
        _scores.Write(ref writer);
        foreach (ref readonly var level in _levels.AsSpan())
        {
            writer.Double(level.Current);
            writer.Int64(level.Rounds);
            writer.Int64(level.Misses);
        }
    }

    /// <summary>Restores what <see cref="Write"/> saved of an object with the same levels.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another number of levels.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "conformal interval");
        reader.Expect(_levels.Length, "levels");
        _scores.Read(ref reader);
        foreach (ref var level in _levels.AsSpan())
        {
            level.Current = reader.Double();
            level.Rounds = reader.Int64();
            level.Misses = reader.Int64();
        }
    }

    static string Fault(double level) => string.Create(CultureInfo.InvariantCulture, $"found level {level}; expected one inside (0, 1)");

    struct LevelState
    {
        public double Target;
        public double Current;
        public double NormalQuantile;
        public long Rounds;
        public long Misses;
    }
}
