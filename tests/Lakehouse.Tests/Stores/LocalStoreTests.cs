using System.Diagnostics;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What only a folder can do or suffer: links, permissions, unfinished files, a full disk.</summary>
public sealed class LocalStoreTests : IDisposable
{
    static readonly CancellationToken s_none = CancellationToken.None;

    readonly ScratchFolder _scratch = new();
    readonly string _root;
    readonly LocalStore _store;

    public LocalStoreTests()
    {
        _root = _scratch.NewFolder();
        _store = new LocalStore(_root, TimeProvider.System);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_link_to_a_folder_outside_is_refused_for_reading_and_writing()
    {
        var outside = _scratch.NewFolder();
        await File.WriteAllTextAsync($"{outside}/secret", "s");
        Directory.CreateSymbolicLink($"{_root}/leak", outside);

        var error = await Assert.ThrowsAsync<RefusedException>(() => _store.GetAsync("leak/secret", s_none));
        Assert.Contains(outside, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => _store.PutAsync("leak/new", Bytes("x"), s_none));
        await Assert.ThrowsAsync<RefusedException>(() => _store.PutIfAbsentAsync("leak/deep/new", Bytes("x"), s_none));
        await Assert.ThrowsAsync<RefusedException>(() => _store.DeleteAsync("leak/secret", s_none));
        await Assert.ThrowsAsync<RefusedException>(() => _store.UploadAsync("leak/new", _scratch.NewFile("x"), s_none));
        Assert.Throws<RefusedException>(() => _store.ListAsync("leak/", null, s_none));
        Assert.Equal(["secret"], Directory.GetFiles(outside).Select(Path.GetFileName));
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task A_link_to_a_file_outside_is_refused_and_not_listed()
    {
        var outside = _scratch.NewFile("s");
        File.CreateSymbolicLink($"{_root}/leak", outside);
        await Assert.ThrowsAsync<RefusedException>(() => _store.GetAsync("leak", s_none));
        await Assert.ThrowsAsync<RefusedException>(() => _store.PutAsync("leak", Bytes("x"), s_none));
        Assert.Empty(await KeysAsync());
        Assert.Equal("s", await File.ReadAllTextAsync(outside));
    }

    [Fact]
    public async Task Links_that_stay_below_the_root_are_followed_and_no_listing_runs_in_circles()
    {
        await _store.PutAsync("real/file", Bytes("12345"), s_none);
        Directory.CreateSymbolicLink($"{_root}/alias", $"{_root}/real");
        Directory.CreateSymbolicLink($"{_root}/real/circle", _root);
        File.CreateSymbolicLink($"{_root}/named", $"{_root}/real/file");

        Assert.Equal("12345", Encoding.UTF8.GetString((await _store.GetAsync("alias/file", s_none))!));
        var listed = await _store.ListAsync("", null, s_none).ToListAsync();
        Assert.Equal(["named", "real/file"], listed.Select(entry => entry.Key));
        Assert.All(listed, entry => Assert.Equal(5, entry.Length));
        Assert.Equal(5, (await _store.HeadAsync("named", s_none))!.Value.Length);
    }

    [Fact]
    public async Task The_root_itself_may_be_a_link()
    {
        Directory.CreateSymbolicLink($"{_scratch.Path}/lake", _root);
        var store = new LocalStore($"{_scratch.Path}/lake", TimeProvider.System);
        await store.PutAsync("a/b", Bytes("x"), s_none);
        Assert.NotNull(await store.GetAsync("a/b", s_none));
        Assert.Equal(["a/b"], await KeysAsync());
    }

    [Fact]
    public async Task Unfinished_files_are_seen_by_nobody_and_swept_after_a_day()
    {
        await _store.PutAsync("k", Bytes("x"), s_none);
        var left = $"{_root}/.kstock-tmp/left-by-a-killed-writer";
        await File.WriteAllTextAsync(left, "half");
        File.SetLastWriteTimeUtc(left, new DateTime(2020, 1, 1, 12, 0, 0, DateTimeKind.Utc));

        Assert.Equal(["k"], await KeysAsync());
        var soon = new LocalStore(_root, new StoppedClock(new DateTimeOffset(2020, 1, 2, 11, 59, 0, TimeSpan.Zero)));
        await soon.PutAsync("k", Bytes("y"), s_none);
        Assert.True(File.Exists(left));
        var late = new LocalStore(_root, new StoppedClock(new DateTimeOffset(2020, 1, 2, 12, 1, 0, TimeSpan.Zero)));
        await late.PutAsync("k", Bytes("z"), s_none);
        Assert.Empty(Directory.GetFiles($"{_root}/.kstock-tmp"));
    }

    [Fact]
    public async Task No_write_leaves_an_unfinished_file_won_or_lost()
    {
        await _store.PutIfAbsentAsync("k", Bytes("x"), s_none);
        await _store.PutIfAbsentAsync("k", Bytes("y"), s_none);
        await _store.UploadAsync("u", _scratch.NewFile("x"), s_none);
        await Assert.ThrowsAsync<StoreException>(() => _store.UploadAsync("u", $"{_root}/nowhere", s_none));
        await Assert.ThrowsAsync<StoreException>(() => _store.PutAsync("k/below", Bytes("x"), s_none));
        Assert.Empty(Directory.GetFiles($"{_root}/.kstock-tmp"));
    }

    [Fact]
    public async Task Reading_creates_nothing()
    {
        var store = new LocalStore($"{_root}/absent", TimeProvider.System);
        Assert.Null(await store.GetAsync("a/b", s_none));
        Assert.Empty(await store.ListAsync("", null, s_none).ToListAsync());
        await store.DeleteAsync("a/b", s_none);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task A_folder_where_an_object_should_go_is_named()
    {
        await _store.PutAsync("a/b", Bytes("x"), s_none);
        var put = await Assert.ThrowsAsync<StoreException>(() => _store.PutAsync("a", Bytes("x"), s_none));
        var absent = await Assert.ThrowsAsync<StoreException>(() => _store.PutIfAbsentAsync("a", Bytes("x"), s_none));
        Assert.Equal($"{_root}/a", put.Where);
        Assert.Equal($"{_root}/a", absent.Where);
        Assert.Equal(Verdict.Stop, put.Verdict);
    }

    [Fact]
    public async Task A_part_longer_than_a_file_system_takes_is_named()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => _store.PutAsync(new string('k', 300), Bytes("x"), s_none));
        Assert.Contains("kkk", error.Where, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_full_disk_is_told_with_the_file_and_nothing_half_written_stays()
    {
        Skip.If(Environment.UserName != "root", "a small disk can be mounted by root only");
        var disk = _scratch.NewFolder();
        Skip.If(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk) != 0, "mount isn't allowed here");
        try
        {
            var store = new LocalStore($"{disk}/lake", TimeProvider.System);
            await store.PutAsync("small", Bytes("x"), s_none);
            var large = _scratch.NewFile(new string('x', 200_000));
            foreach (var write in (Func<Task>[])
                     [
                         () => store.PutAsync("dir/large", Bytes(new string('x', 200_000)), s_none),
                         () => store.PutIfAbsentAsync("dir/large", Bytes(new string('x', 200_000)), s_none),
                         () => store.UploadAsync("dir/large", large, s_none),
                     ])
            {
                var error = await Assert.ThrowsAsync<StoreException>(write);
                Assert.Equal($"{disk}/lake/dir/large", error.Where);
                Assert.Equal("a full disk", error.Found);
                Assert.Equal(Verdict.Stop, error.Verdict);
            }

            Assert.Equal(["small"], await store.ListAsync("", null, s_none).Select(entry => entry.Key).ToListAsync());
            Assert.Empty(Directory.GetFiles($"{disk}/lake/.kstock-tmp"));
            Assert.True(await store.PutIfAbsentAsync("dir/large", Bytes("fits"), s_none));
        }
        finally
        {
            Assert.Equal(0, await RunAsync("umount", disk));
        }
    }

    [Theory, InlineData(""), InlineData("  "), InlineData("/")]
    public void A_path_that_can_hold_no_lake_is_refused(string path) =>
        Assert.Throws<ConfigurationException>(() => new LocalStore(path, TimeProvider.System));

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    async Task<string[]> KeysAsync() => await _store.ListAsync("", null, s_none).Select(entry => entry.Key).ToArrayAsync();

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
