using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Objects as files below one folder of a local disk; Linux and macOS.</summary>
/// <remarks>
/// Each write goes to a file in <c>.kstock-tmp</c> below the root, is synced, and gets its name by <c>link(2)</c> (if absent) or
/// <c>rename(2)</c> (over an older one); then the folder is synced. So a name never has half a file, also after <c>kill -9</c> or
/// loss of power, and of many writers of one name exactly one wins. What a killed writer left is swept a day later.
/// Links are followed while they stay below the root; one that leaves it is refused. Listings don't descend into linked folders.
/// The work is done on the caller's thread; only uploads and their copies wait.
/// </remarks>
public sealed class LocalStore : IObjectStore
{
    const int SyncedFoldersMax = 10_000;
    static readonly TimeSpan s_abandonedAfter = TimeSpan.FromDays(1);

    readonly string _folder;
    readonly string _temporary;
    readonly TimeProvider _clock;
    readonly ConcurrentDictionary<string, bool> _synced = new(StringComparer.Ordinal);
    readonly Lazy<bool> _swept;

    /// <summary>A store in a folder, which the first write creates.</summary>
    /// <param name="folder">Its path; the system's root is refused.</param>
    /// <param name="clock">Decides which unfinished files are old enough to be swept.</param>
    /// <exception cref="ConfigurationException">The path is empty or the system's root.</exception>
    public LocalStore(string folder, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new ConfigurationException("lake", "an empty path", "a folder");
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (_folder == "/") throw new ConfigurationException("lake", "the root of the system", "a folder below it");
        _temporary = $"{_folder}/{ObjectKey.ReservedFolder}";
        _clock = clock;
        _swept = new Lazy<bool>(SweepAbandoned);
    }

    /// <inheritdoc />
    public string Root => _folder;

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => On<byte[]?>(
        key,
        path => File.Exists(path) ? UnlessGone(() => File.ReadAllBytes(path)) : null,
        cancellation);

    /// <inheritdoc />
    public Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return On<byte[]?>(key, path => File.Exists(path) ? UnlessGone(() => ReadRange(path, offset, length)) : null, cancellation);
    }

    /// <inheritdoc />
    public Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation) => On<ObjectEntry?>(
        key,
        path => new FileInfo(path) is { Exists: true } file ? LocalListing.EntryOf(key, file) : null,
        cancellation);

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) => On(
        key,
        path =>
        {
            var temporary = WriteTemporary(body);
            return Named(temporary, path, replace: true);
        },
        cancellation);

    /// <inheritdoc />
    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) => On(
        key,
        path => !File.Exists(path) && Named(WriteTemporary(body), path, replace: false),
        cancellation);

    /// <inheritdoc />
    public IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, string? startAfter, CancellationToken cancellation)
    {
        ObjectKey.CheckPrefix(prefix);
        var folder = ObjectKey.FolderOf(prefix);
        if (folder.Length > 0) _ = PathOf(folder[..^1]);
        return new LocalListing(_folder, prefix, startAfter, RealRoot(), cancellation).Entries(folder).ToAsyncEnumerable();
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellation) => On(
        key,
        path =>
        {
            if (File.Exists(path)) File.Delete(path);
            return true;
        },
        cancellation);

    /// <inheritdoc />
    public async Task UploadAsync(string key, string file, CancellationToken cancellation)
    {
        var path = PathOf(key);
        try
        {
            var temporary = NewTemporary();
            try
            {
                await CopyAsync(file, temporary, cancellation);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            Named(temporary, path, replace: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of(cause is FileNotFoundException { FileName: { } missing } ? missing : path, cause);
        }
    }

    /// <inheritdoc />
    public Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation) =>
        On<string?>(key, path => File.Exists(path) ? path : null, cancellation);

    static byte[] ReadRange(string path, long offset, int length)
    {
        using var file = File.OpenHandle(path);
        var bytes = new byte[Math.Clamp(RandomAccess.GetLength(file) - offset, 0, length)];
        var filled = 0;
        while (filled < bytes.Length)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(filled), offset + filled);
            if (read == 0) return bytes[..filled];
            filled += read;
        }

        return bytes;
    }

    /// <summary>A file that is deleted between the look and the reading wasn't there.</summary>
    static byte[]? UnlessGone(Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    static async Task CopyAsync(string from, string to, CancellationToken cancellation)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        await source.CopyToAsync(target, bufferSize: 1 << 20, cancellation);
        target.Flush(flushToDisk: true);
    }

    Task<T> On<T>(string key, Func<string, T> work, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        try
        {
            return Task.FromResult(work(PathOf(key)));
        }
        catch (StockException fault)
        {
            return Task.FromException<T>(fault);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Task.FromException<T>(LocalFaults.Of($"{_folder}/{key}", cause));
        }
    }

    /// <exception cref="RefusedException">A link on the way leaves the root.</exception>
    string PathOf(string key)
    {
        ObjectKey.Check(key);
        var path = $"{_folder}/{key}";
        for (var at = path; at.Length > _folder.Length; at = Path.GetDirectoryName(at)!)
        {
            if (UnixDisk.RealPath(at) is not { } real) continue;
            if (real.StartsWith(RealRoot() + "/", StringComparison.Ordinal)) break;
            throw new RefusedException(path, $"a link that leads to {real}", $"only objects below {_folder}");
        }

        return path;
    }

    string RealRoot() => UnixDisk.RealPath(_folder) ?? _folder;

    string WriteTemporary(ReadOnlyMemory<byte> body)
    {
        var temporary = NewTemporary();
        try
        {
            using var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            RandomAccess.Write(file, body.Span, 0);
            RandomAccess.FlushToDisk(file);
            return temporary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    string NewTemporary()
    {
        EnsureFolder(_temporary);
        _ = _swept.Value;
        return $"{_temporary}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
    }

    /// <summary>Gives the finished file its name, and makes the name durable.</summary>
    bool Named(string temporary, string path, bool replace)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            EnsureFolder(folder);
            if (replace)
            {
                File.Move(temporary, path, overwrite: true);
            }
            else if (!UnixDisk.TryLink(temporary, path))
            {
                return Directory.Exists(path) ? throw new IOException($"a folder of this name : '{path}'") : false;
            }

            UnixDisk.SyncFolder(folder);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Creates a folder where it is missing. Its own name is synced by each store once, whoever created it.</summary>
    void EnsureFolder(string folder)
    {
        var exists = Directory.Exists(folder);
        if (exists && (folder.Length < _folder.Length || _synced.ContainsKey(folder))) return;
        var parent = Path.GetDirectoryName(folder)!;
        EnsureFolder(parent);
        if (!exists) Directory.CreateDirectory(folder);
        UnixDisk.SyncFolder(parent);
        if (_synced.Count >= SyncedFoldersMax) _synced.Clear();
        _synced[folder] = true;
    }

    bool SweepAbandoned()
    {
        var abandoned = _clock.GetUtcNow() - s_abandonedAfter;
        foreach (var file in new DirectoryInfo(_temporary).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < abandoned.UtcDateTime) file.Delete();
        }

        return true;
    }
}
