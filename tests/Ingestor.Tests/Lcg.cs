namespace Kafka.Stock.Ingestor.Tests;

/// <summary>Seeded numbers for samples (Numerical Recipes' linear congruential generator, upper bits).</summary>
sealed class Lcg(uint seed)
{
    uint _state = seed;

    public int Next(int bound)
    {
        _state = (_state * 1_664_525) + 1_013_904_223;
        return (int)((_state >> 8) % (uint)bound);
    }
}
