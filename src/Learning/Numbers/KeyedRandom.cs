namespace Kafka.Stock.Learning;

/// <summary>Chance as a function of (seed, series, bar end, draw): there is no sequence, hence nothing to save and nothing to
/// restore.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="series"><see cref="Fnv1a"/> of the series' name.</param>
/// <param name="barEnd">End of the bar, microseconds since 1970 UTC; 0 for what belongs to the whole series.</param>
/// <remarks>Counter-based; each key part goes through the output function of SplitMix64 (Steele, Lea, Flood 2014) before the next is
/// added.</remarks>
public readonly struct KeyedRandom(ulong seed, ulong series, ulong barEnd)
{
    const double Unit = 1.0 / (1UL << 53);

    readonly ulong _key = Mix(Mix(Mix(seed) ^ series) ^ barEnd);

    /// <summary>The draw of a number: always the same for the same draw.</summary>
    /// <returns>Uniform on the open interval (0, 1), so that its logarithm is finite.</returns>
    public double Uniform(uint draw) => ((Mix(_key ^ draw) >> 11) | 1UL) * Unit;

    static ulong Mix(ulong state)
    {
        unchecked
        {
            var z = state + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
