using System.Runtime.CompilerServices;
using System.Text;

namespace Kafka.Stock.Contracts.Tests;

public sealed class NamePoolTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("AAPL")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("日本")]
    [InlineData("naïve")]
    public void The_same_bytes_give_the_same_string_without_allocating(string name)
    {
        var pool = new NamePool(64);
        var utf8 = Encoding.UTF8.GetBytes(name);
        var first = pool.GetOrAdd(utf8);
        Assert.Equal(name, first);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = pool.GetOrAdd(utf8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(first, second);
    }

    [Fact]
    public void Names_that_differ_by_a_zero_or_case_or_length_stay_apart()
    {
        var pool = new NamePool(8);
        foreach (var name in new[] { "a", "a\0", "A", "a\0\0", "\0", "\0\0", "abcdefgh", "abcdefgh\0", "é", "e\u0301" })
        {
            Assert.Equal(name, pool.GetOrAdd(Encoding.UTF8.GetBytes(name)));
            Assert.Equal(name, pool.GetOrAdd(Encoding.UTF8.GetBytes(name)));
        }

        Assert.Equal("", pool.GetOrAdd([]));
    }

    [Fact]
    public void A_flood_of_names_leaves_it_right_and_no_bigger()
    {
        var pool = new NamePool(128);
        for (var i = 0; i < 50_000; i++) Assert.Equal($"name-{i}", pool.GetOrAdd(Encoding.UTF8.GetBytes($"name-{i}")));
        var given = Flood(pool, 50_000);
        GC.Collect();
        Assert.InRange(given.Count(name => name.IsAlive), 1, 128);
        Assert.Equal(128, pool.Capacity);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference[] Flood(NamePool pool, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new WeakReference(pool.GetOrAdd(Encoding.UTF8.GetBytes($"other-{i}"))))];

    [Fact]
    public void The_symbols_of_an_exchange_stay_in_a_pool_of_the_default_size()
    {
        var pool = new NamePool();
        var names = Enumerable.Range(0, 9_000).Select(i => Encoding.UTF8.GetBytes($"SYM{i:x}")).ToArray();
        var first = Array.ConvertAll(names, name => pool.GetOrAdd(name)!);
        var kept = Enumerable.Range(0, names.Length).Count(i => ReferenceEquals(first[i], pool.GetOrAdd(names[i])));
        Assert.Equal(names.Length, kept);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C080")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("41FF")]
    public void Bytes_that_are_not_utf8_give_null(string hex)
    {
        var pool = new NamePool(8);
        Assert.Null(pool.GetOrAdd(Convert.FromHexString(hex)));
        Assert.Null(pool.GetOrAdd([.. Convert.FromHexString(hex), .. new byte[100]]));
    }

    [Fact]
    public void Capacities_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NamePool(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NamePool((1 << 20) + 1));
        Assert.Equal(16, new NamePool(9).Capacity);
    }
}
