using System.Text;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Fnv1a and KeyedRandom: the same numbers for the same key, for ever.</summary>
public sealed class ChanceTests
{
    /// <summary>Values of the authors' own test list (draft-eastlake-fnv, 64-bit FNV-1a).</summary>
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Fnv1a_gives_the_published_values(string text, ulong expected) => Assert.Equal(expected, Fnv1a.Hash(text));

    [Theory]
    [InlineData("AAPL/1d/csv")]
    [InlineData("Zürich/1m/\u20ac\U0001F4C8")]
    [InlineData("lone\ud800surrogate")]
    public void Fnv1a_of_text_is_that_of_its_utf8_bytes(string text) =>
        Assert.Equal(Fnv1a.Hash(Encoding.UTF8.GetBytes(text).AsSpan()), Fnv1a.Hash(text));

    /// <summary>Values by KeyedRandom of make_network_vectors.py, which shares no code.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0.12964561829974752)]
    [InlineData(12345, 3, 7, 99, 0.7174909336514123)]
    public void Draws_are_those_of_the_other_implementation(ulong seed, ulong series, ulong barEnd, uint draw, double expected) =>
        Assert.Equal(expected, new KeyedRandom(seed, series, barEnd).Uniform(draw));

    [Fact]
    public void Each_part_of_the_key_counts()
    {
        double[] draws =
        [
            new KeyedRandom(1, 2, 3).Uniform(4), new KeyedRandom(2, 2, 3).Uniform(4), new KeyedRandom(1, 3, 3).Uniform(4),
            new KeyedRandom(1, 2, 4).Uniform(4), new KeyedRandom(1, 2, 3).Uniform(5), new KeyedRandom(2, 1, 3).Uniform(4),
        ];
        Assert.Equal(draws.Length, draws.Distinct().Count());
    }

    [Fact]
    public void Draws_are_uniform_inside_the_open_interval_over_draws_and_over_bars()
    {
        const int Cells = 100;
        var counts = new int[2, Cells];
        for (var i = 0u; i < 100_000; i++)
        {
            var byDraw = new KeyedRandom(1, 2, 3).Uniform(i);
            var byBar = new KeyedRandom(1, 2, i * 86_400_000_000UL).Uniform(0);
            Assert.True(byDraw is > 0 and < 1 && byBar is > 0 and < 1);
            counts[0, (int)(byDraw * Cells)]++;
            counts[1, (int)(byBar * Cells)]++;
        }

        for (var kind = 0; kind < 2; kind++)
        {
            var chiSquare = Enumerable.Range(0, Cells).Sum(cell => Math.Pow(counts[kind, cell] - 1000.0, 2) / 1000.0);
            Assert.InRange(chiSquare, 56, 149); // 99 degrees of freedom, p from .0005 to .9995
        }
    }
}
