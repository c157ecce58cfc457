using System.Globalization;

namespace Kafka.Stock.Learning;

/// <summary>How the intervals of one strategy and level did so far, in log returns. No allocation.</summary>
public sealed class IntervalScores
{
    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = sizeof(int) + 4 * sizeof(long) + sizeof(double);

    const int Layout = 0x3153_5649;

    readonly double _alpha;

    /// <summary>Makes the empty state.</summary>
    /// <param name="level">Coverage promised, inside (0, 1).</param>
    /// <exception cref="ArgumentException">The level is out of range.</exception>
    public IntervalScores(double level)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found level {level}; expected one inside (0, 1)"),
                nameof(level));

        _alpha = 1.0 - level;
    }

    /// <summary>Intervals scored.</summary>
    public long Count { get; private set; }

    /// <summary>Intervals that held what came, bounds included; unbounded ones always do.</summary>
    public long Hits { get; private set; }

    /// <summary>Unbounded intervals: they have no Winkler score.</summary>
    public long Unbounded { get; private set; }

    /// <summary>Empty intervals.</summary>
    public long Empty { get; private set; }

    /// <summary>Sum of Winkler scores of the bounded ones.</summary>
    public double SumWinkler { get; private set; }

    /// <summary>Hits over intervals; null before the first.</summary>
    public double? Coverage => Count > 0 ? (double)Hits / Count : null;

    /// <summary>Mean Winkler score of the bounded ones; null where there are none.</summary>
    public double? MeanWinkler => Count > Unbounded ? SumWinkler / (Count - Unbounded) : null;

    /// <summary>Takes one interval and what came, in log returns.</summary>
    /// <param name="lower">Lower bound; not read when unbounded.</param>
    /// <param name="upper">Upper bound; not read when unbounded.</param>
    /// <param name="kind">How the interval came about.</param>
    /// <param name="actual">Return that came.</param>
    /// <returns>Its Winkler score; null when unbounded.</returns>
    public double? Add(double lower, double upper, BandKind kind, double actual)
    {
        Count++;
        if (kind == BandKind.Empty) Empty++;
        if (kind == BandKind.Unbounded)
        {
            Unbounded++;
            Hits++;
            return null;
        }

        if (lower <= actual && actual <= upper) Hits++;
        var winkler = Winkler(lower, upper, actual, _alpha);
        SumWinkler += winkler;
        return winkler;
    }

    /// <summary>Width + 2/alpha times the distance outside (Winkler 1972); alpha = 1 - level.</summary>
    public static double Winkler(double lower, double upper, double actual, double alpha)
    {
        var outside = Math.Max(Math.Max(lower - actual, actual - upper), 0.0);
        return upper - lower + 2.0 / alpha * outside;
    }

    /// <summary>Pinball loss of a quantile forecast (Koenker and Bassett 1978).</summary>
    public static double Pinball(double quantile, double actual, double probability) =>
        actual >= quantile ? probability * (actual - quantile) : (1.0 - probability) * (quantile - actual);

    /// <summary>Pools another series' scores of the same level into these.</summary>
    public void Add(IntervalScores other)
    {
        Count += other.Count;
        Hits += other.Hits;
        Unbounded += other.Unbounded;
        Empty += other.Empty;
        SumWinkler += other.SumWinkler;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Count);
        writer.Int64(Hits);
        writer.Int64(Unbounded);
        writer.Int64(Empty);
        writer.Double(SumWinkler);
    }

    /// <summary>Restores what <see cref="Write"/> saved.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated or of another layout.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "interval scores");
        Count = reader.Int64();
        Hits = reader.Int64();
        Unbounded = reader.Int64();
        Empty = reader.Int64();
        SumWinkler = reader.Double();
    }
}
