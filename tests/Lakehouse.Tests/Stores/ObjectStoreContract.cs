using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What every object store does. Each store has one sealed subclass, which adds only what it alone can do.</summary>
public abstract class ObjectStoreContract : IDisposable
{
    /// <summary>2020-01-01, µs since 1970 UTC: no store of a test is older.</summary>
    const long Us2020 = 1_577_836_800_000_000;

    static readonly CancellationToken s_none = CancellationToken.None;

    /// <summary>Keys that a path, a URL, an XML listing or a signature could get wrong.</summary>
    public static TheoryData<string> OddKeys { get; } =
    [
        "plain", "a b/c  d", "50%/%20/%2F", "1+1=2", "day=2020-01-02/part-0.parquet", "ü/Größe", "数据/東京", "😀/🚀",
        "~!@#$^&*()", "quote'\"<>&", "semi;colon:comma,", "[bracket]{brace}|pipe", "back\\slash", "?query=1", "#anchor", ".hidden/..two",
        "trailing ", " leading", "dots...", "a=%25%2B",
    ];

    protected ScratchFolder Scratch { get; } = new();

    /// <summary>A new store with nothing in it; skips the test where it can't be had.</summary>
    protected abstract Task<IObjectStore> OpenEmptyAsync();

    public virtual void Dispose()
    {
        Scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task What_was_put_is_read_back_and_an_older_object_is_replaced_whole()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("a/b", Bytes("first, and longer"), s_none);
        Assert.Equal("first, and longer", Text(await store.GetAsync("a/b", s_none)));
        await store.PutAsync("a/b", Bytes("second"), s_none);
        Assert.Equal("second", Text(await store.GetAsync("a/b", s_none)));
        Assert.Equal(6, (await store.HeadAsync("a/b", s_none))!.Value.Length);
    }

    [SkippableFact]
    public async Task What_is_not_there_is_null_everywhere_and_its_deletion_no_error()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("folder/file", Bytes("x"), s_none);
        foreach (var key in (string[])["nothing", "folder", "folder/file/below", "folder/fil"])
        {
            Assert.Null(await store.GetAsync(key, s_none));
            Assert.Null(await store.GetRangeAsync(key, 0, 10, s_none));
            Assert.Null(await store.GetRangeAsync(key, 5, 0, s_none));
            Assert.Null(await store.HeadAsync(key, s_none));
            Assert.Null(await store.LocalFileAsync(key, Scratch.NewFolder(), s_none));
            await store.DeleteAsync(key, s_none);
        }

        Assert.Equal("x", Text(await store.GetAsync("folder/file", s_none)));
    }

    [SkippableFact]
    public async Task Deleted_objects_are_gone_from_reads_and_listings()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("k", Bytes("x"), s_none);
        await store.DeleteAsync("k", s_none);
        Assert.Null(await store.GetAsync("k", s_none));
        Assert.Empty(await KeysAsync(store, ""));
        Assert.True(await store.PutIfAbsentAsync("k", Bytes("y"), s_none));
    }

    [SkippableFact]
    public async Task An_empty_object_is_an_object()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("empty", default, s_none);
        Assert.Equal("", Text(await store.GetAsync("empty", s_none)));
        Assert.Equal("", Text(await store.GetRangeAsync("empty", 0, 5, s_none)));
        Assert.Equal(0, (await store.HeadAsync("empty", s_none))!.Value.Length);
        Assert.False(await store.PutIfAbsentAsync("empty", Bytes("x"), s_none));
    }

    [SkippableFact]
    public async Task A_range_is_cut_at_the_end_of_the_object()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("ten", Bytes("0123456789"), s_none);
        Assert.Equal("012", Text(await store.GetRangeAsync("ten", 0, 3, s_none)));
        Assert.Equal("789", Text(await store.GetRangeAsync("ten", 7, 3, s_none)));
        Assert.Equal("89", Text(await store.GetRangeAsync("ten", 8, 100, s_none)));
        Assert.Equal("", Text(await store.GetRangeAsync("ten", 10, 1, s_none)));
        Assert.Equal("", Text(await store.GetRangeAsync("ten", 11, 1, s_none)));
        Assert.Equal("", Text(await store.GetRangeAsync("ten", 3, 0, s_none)));
        Assert.Equal("56789", Text(await store.GetRangeAsync("ten", 5, int.MaxValue, s_none)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.GetRangeAsync("ten", -1, 1, s_none));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.GetRangeAsync("ten", 1, -1, s_none));
    }

    [SkippableFact]
    public async Task PutIfAbsent_leaves_what_is_there()
    {
        var store = await OpenEmptyAsync();
        Assert.True(await store.PutIfAbsentAsync("log/0.json", Bytes("mine"), s_none));
        Assert.False(await store.PutIfAbsentAsync("log/0.json", Bytes("yours"), s_none));
        Assert.Equal("mine", Text(await store.GetAsync("log/0.json", s_none)));
        Assert.Equal(["log/0.json"], await KeysAsync(store, ""));
    }

    [SkippableFact]
    public async Task PutIfAbsent_of_sixteen_at_once_has_one_winner_and_its_bytes_stay()
    {
        var store = await OpenEmptyAsync();
        for (var round = 0; round < 12; round++)
        {
            var key = $"log/{round:D20}.json";
            using var gate = new Barrier(16);
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    gate.SignalAndWait();
                    return store.PutIfAbsentAsync(key, Bytes($"writer {writer}"), s_none);
                },
                s_none, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            var winner = Assert.Single(Enumerable.Range(0, 16), writer => won[writer]);
            Assert.Equal($"writer {winner}", Text(await store.GetAsync(key, s_none)));
        }
    }

    [SkippableFact]
    public async Task A_reader_sees_the_old_or_the_new_bytes_of_an_object_that_is_overwritten()
    {
        var store = await OpenEmptyAsync();
        byte[] old = [.. Enumerable.Repeat((byte)'o', 300_000)], young = [.. Enumerable.Repeat((byte)'y', 200_000)];
        await store.PutAsync("k", old, s_none);
        var writing = Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++) await store.PutAsync("k", round % 2 == 0 ? young : old, s_none);
        });
        do
        {
            var seen = await store.GetAsync("k", s_none);
            Assert.NotNull(seen);
            Assert.True(seen.AsSpan().SequenceEqual(old) || seen.AsSpan().SequenceEqual(young), $"a mixture of {seen.Length} bytes");
        }
        while (!writing.IsCompleted);

        await writing;
    }

    [SkippableTheory, MemberData(nameof(OddKeys))]
    public async Task Odd_characters_in_keys_survive_every_method(string key)
    {
        var store = await OpenEmptyAsync();
        Assert.True(await store.PutIfAbsentAsync(key, Bytes("1"), s_none));
        Assert.False(await store.PutIfAbsentAsync(key, Bytes("2"), s_none));
        await store.PutAsync(key, Bytes("0123"), s_none);
        Assert.Equal("12", Text(await store.GetRangeAsync(key, 1, 2, s_none)));
        Assert.Equal(key, (await store.HeadAsync(key, s_none))!.Value.Key);
        Assert.Equal([key], await KeysAsync(store, ""));
        Assert.Equal([key], await KeysAsync(store, key));
        Assert.Empty(await KeysAsync(store, "", startAfter: key));
        var local = await store.LocalFileAsync(key, Scratch.NewFolder(), s_none);
        Assert.Equal("0123", await File.ReadAllTextAsync(local!));
        await store.UploadAsync(key, Scratch.NewFile("uploaded"), s_none);
        Assert.Equal("uploaded", Text(await store.GetAsync(key, s_none)));
        await store.DeleteAsync(key, s_none);
        Assert.Null(await store.HeadAsync(key, s_none));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("./a")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData(".kstock-tmp/x")]
    [InlineData("odd\uffff")]
    public async Task A_key_that_leaves_the_root_or_is_none_is_refused_by_every_method(string key)
    {
        var store = await OpenEmptyAsync();
        var file = Scratch.NewFile("x");
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetAsync(key, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetRangeAsync(key, 0, 1, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HeadAsync(key, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(key, Bytes("x"), s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutIfAbsentAsync(key, Bytes("x"), s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeleteAsync(key, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.UploadAsync(key, file, s_none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.LocalFileAsync(key, Scratch.Path, s_none));
        Assert.Empty(await KeysAsync(store, ""));
    }

    /// <summary>Not among the others: an attribute can't hold half a pair.</summary>
    [SkippableFact]
    public Task A_key_with_half_a_surrogate_pair_is_refused_by_every_method() =>
        A_key_that_leaves_the_root_or_is_none_is_refused_by_every_method("half \ud800 pair");

    [SkippableFact]
    public async Task A_key_of_1024_bytes_is_taken_and_a_longer_one_refused()
    {
        var store = await OpenEmptyAsync();
        var longest = string.Join('/', Enumerable.Repeat(new string('k', 127), 6));
        await store.PutAsync(longest, Bytes("x"), s_none);
        Assert.Equal([longest], await KeysAsync(store, ""));
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetAsync(new string('ü', 513), s_none));
    }

    [SkippableTheory, InlineData("a//"), InlineData("../"), InlineData("/"), InlineData("a/./b"), InlineData("a\nb")]
    public async Task A_prefix_that_no_key_can_have_is_refused(string prefix)
    {
        var store = await OpenEmptyAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => KeysAsync(store, prefix));
    }

    [SkippableFact]
    public async Task A_listing_is_in_order_of_utf8_bytes_with_prefix_and_start()
    {
        var store = await OpenEmptyAsync();
        // By UTF-8: '-' < '/' < '0'; U+FB01 < U+1F600, which UTF-16 has the other way round.
        string[] keys = ["a-b", "a/b/c", "a/b-c", "a0", "b", "ﬁ", "😀", "B", "é", "a/b/a"];
        foreach (var key in keys) await store.PutAsync(key, Bytes("x"), s_none);

        string[] expected = ["B", "a-b", "a/b-c", "a/b/a", "a/b/c", "a0", "b", "é", "ﬁ", "😀"];
        Assert.Equal(expected, await KeysAsync(store, ""));
        Assert.Equal(["a-b", "a/b-c", "a/b/a", "a/b/c", "a0"], await KeysAsync(store, "a"));
        Assert.Equal(["a/b-c", "a/b/a", "a/b/c"], await KeysAsync(store, "a/"));
        Assert.Equal(["a/b/a", "a/b/c"], await KeysAsync(store, "a/b/"));
        Assert.Equal(["a/b/c", "a0", "b", "é", "ﬁ", "😀"], await KeysAsync(store, "", startAfter: "a/b/a"));
        Assert.Equal(["a/b/a", "a/b/c"], await KeysAsync(store, "a/b/", startAfter: "a/b"));
        Assert.Equal(["a/b/a", "a/b/c"], await KeysAsync(store, "a/b/", startAfter: "B"));
        Assert.Empty(await KeysAsync(store, "a/", startAfter: "b"));
        Assert.Empty(await KeysAsync(store, "nothing/there"));
    }

    /// <summary>More objects than a page of S3 (1,000), with starts on both sides of the page's edge.</summary>
    [SkippableFact]
    public async Task A_listing_of_several_pages_gives_each_object_once()
    {
        var store = await OpenEmptyAsync();
        var keys = Enumerable.Range(0, 1_050).Select(index => $"log/{index:D20}.json").ToArray();
        await Parallel.ForEachAsync(keys, async (key, token) => await store.PutAsync(key, Bytes("x"), token));
        Assert.Equal(keys, await KeysAsync(store, "log/"));
        Assert.Equal(keys[1_001..], await KeysAsync(store, "log/", startAfter: keys[1_000]));
        Assert.Equal(keys[999..], await KeysAsync(store, "log/", startAfter: keys[998]));
        Assert.Equal(keys[10..20], await KeysAsync(store, "log/0000000000000000001"));
    }

    [SkippableFact]
    public async Task A_listing_says_lengths_and_times()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("k", Bytes("12345"), s_none);
        var listed = Assert.Single(await store.ListAsync("", null, s_none).ToListAsync());
        var head = (await store.HeadAsync("k", s_none))!.Value;
        Assert.Equal(("k", 5L), (listed.Key, listed.Length));
        Assert.Equal(("k", 5L), (head.Key, head.Length));
        // Some servers list to the millisecond and give heads to the second.
        Assert.Equal(listed.ModifiedUs / 1e6, head.ModifiedUs / 1e6, tolerance: 1.0);
        Assert.True(listed.ModifiedUs > Us2020, $"modified at {listed.ModifiedUs}");
    }

    [SkippableFact]
    public async Task Any_set_of_keys_is_listed_sorted_whatever_the_prefix_and_start()
    {
        var store = await OpenEmptyAsync();
        var stored = new SortedSet<string>(Comparer<string>.Create(ObjectKey.Compare));
        foreach (var key in RandomKeys(seed: 7, count: 60))
        {
            if (stored.Any(other => other.StartsWith(key + "/", StringComparison.Ordinal)) || FoldersOf(key).Any(stored.Contains)) continue;
            await store.PutAsync(key, Bytes(key), s_none);
            stored.Add(key);
        }

        foreach (var probe in stored.Concat(RandomKeys(seed: 8, count: 30)).ToList())
        {
            var prefix = string.Concat(probe.EnumerateRunes().Take(probe.Length / 3));
            var expected = stored.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && ObjectKey.Compare(key, probe) > 0);
            Assert.Equal(expected, await KeysAsync(store, prefix, startAfter: probe));
        }
    }

    [SkippableFact]
    public async Task A_file_of_eleven_megabytes_goes_up_and_comes_back()
    {
        var store = await OpenEmptyAsync();
        var body = new byte[11 * 1024 * 1024 + 17];
        for (var index = 0; index < body.Length; index++) body[index] = (byte)((index * 2654435761u) >> 13);
        var file = System.IO.Path.Combine(Scratch.Path, "large");
        await File.WriteAllBytesAsync(file, body);
        await store.PutAsync("data/large.parquet", Bytes("an older one"), s_none);
        await store.UploadAsync("data/large.parquet", file, s_none);

        Assert.Equal(body.Length, (await store.HeadAsync("data/large.parquet", s_none))!.Value.Length);
        var middle = await store.GetRangeAsync("data/large.parquet", 8 * 1024 * 1024 - 5, 10, s_none);
        Assert.Equal(body[(8 * 1024 * 1024 - 5)..(8 * 1024 * 1024 + 5)], middle);
        var local = await store.LocalFileAsync("data/large.parquet", Scratch.NewFolder(), s_none);
        Assert.True((await File.ReadAllBytesAsync(local!)).AsSpan().SequenceEqual(body));
        Assert.Equal(["data/large.parquet"], await KeysAsync(store, ""));
    }

    [SkippableFact]
    public async Task A_small_or_empty_file_goes_up_too()
    {
        var store = await OpenEmptyAsync();
        await store.UploadAsync("small", Scratch.NewFile("some text"), s_none);
        await store.UploadAsync("empty", Scratch.NewFile(""), s_none);
        Assert.Equal("some text", Text(await store.GetAsync("small", s_none)));
        Assert.Equal("", Text(await store.GetAsync("empty", s_none)));
    }

    [SkippableFact]
    public async Task A_missing_file_to_upload_is_named_and_leaves_the_object()
    {
        var store = await OpenEmptyAsync();
        await store.PutAsync("k", Bytes("old"), s_none);
        var missing = System.IO.Path.Combine(Scratch.Path, "missing.parquet");
        var error = await Assert.ThrowsAsync<StoreException>(() => store.UploadAsync("k", missing, s_none));
        Assert.Equal(missing, error.Where);
        Assert.Equal("old", Text(await store.GetAsync("k", s_none)));
    }

    [SkippableFact]
    public async Task A_cancelled_caller_is_told_so()
    {
        var store = await OpenEmptyAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PutAsync("k", Bytes("x"), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetAsync("k", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.UploadAsync("k", Scratch.NewFile("x"), cancelled.Token));
        Assert.Null(await store.GetAsync("k", s_none));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(byte[]? bytes) => Encoding.UTF8.GetString(Assert.IsType<byte[]>(bytes));

    protected static async Task<string[]> KeysAsync(IObjectStore store, string prefix, string? startAfter = null) =>
        await store.ListAsync(prefix, startAfter, s_none).Select(entry => entry.Key).ToArrayAsync();

    static IEnumerable<string> FoldersOf(string key) =>
        Enumerable.Range(0, key.Length).Where(index => key[index] == '/').Select(index => key[..index]);

    static IEnumerable<string> RandomKeys(uint seed, int count)
    {
        string[] parts = ["a", "b", "a-", "a=1", "Z", "é", "ﬁ", "😀", "0", "~"];
        var state = seed;
        for (var index = 0; index < count; index++)
        {
            yield return string.Join('/', Enumerable.Range(0, 1 + Draw(4)).Select(_ => parts[Draw(10)] + parts[Draw(10)]));
        }

        // Numerical Recipes' generator; its high bits are the better ones.
        int Draw(int below) => (int)(((state = (state * 1_664_525) + 1_013_904_223) >> 16) % (uint)below);
    }
}
