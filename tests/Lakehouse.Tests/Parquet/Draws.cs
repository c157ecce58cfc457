namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Numbers that look like chance and are the same in every run: SplitMix64.</summary>
sealed class Draws(ulong seed)
{
    ulong _state = seed;

    public long NextLong()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)(z ^ (z >> 31));
    }

    /// <summary>From 0 on, below the bound.</summary>
    public int Next(int bound) => (int)((ulong)NextLong() % (ulong)bound);
}
