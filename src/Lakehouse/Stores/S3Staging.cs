using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Local copies of objects in work folders, for readers that want files. Bounded in bytes for each folder.</summary>
/// <remarks>
/// A copy's name has a hash of key and ETag in it: an object that is asked for again costs one request, one that has been replaced
/// meanwhile is a new file. Copies come in ranges, one in memory at a time, and get their name when they are whole.
/// </remarks>
sealed class S3Staging(S3Requests requests, StoreRetries retries, S3Options options)
{
    const string UnfinishedSuffix = ".unfinished";

    readonly Lock _lock = new();
    readonly Dictionary<string, Staged> _staged = new(StringComparer.Ordinal);

    public async Task<string?> FileAsync(string key, string workFolder, CancellationToken cancellation)
    {
        if (await HeadAsync(key, cancellation) is not { } head) return null;
        var path = Path.Combine(workFolder, NameOf(key, head.ETag));
        if (File.Exists(path)) return path;
        Reserve(key, workFolder, head.ContentLength);
        var isFinished = false;
        try
        {
            Directory.CreateDirectory(workFolder);
            await DownloadAsync(key, head, path, cancellation);
            isFinished = true;
            return path;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of(path, cause);
        }
        finally
        {
            Settle(workFolder, head.ContentLength, isFinished);
        }
    }

    /// <summary>Unique by its hash, readable by the end of the key.</summary>
    static string NameOf(string key, string etag)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{etag}")))[..32];
        var last = key[(key.LastIndexOf('/') + 1)..];
        var plain = last[^Math.Min(last.Length, 64)..].Select(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' ? unit : '_');
        return $"{hash}-{string.Concat(plain)}";
    }

    Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancellation) => retries.RunAsync(
        attempt => requests.SendAsync<GetObjectMetadataResponse?>(
            key,
            async (client, token) =>
            {
                try
                {
                    return await client.GetObjectMetadataAsync(requests.Bucket, requests.NameOf(key), token);
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            attempt),
        cancellation);

    async Task DownloadAsync(string key, GetObjectMetadataResponse head, string path, CancellationToken cancellation)
    {
        var unfinished = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}{UnfinishedSuffix}";
        try
        {
            using (var file = File.OpenHandle(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                for (var offset = 0L; offset < head.ContentLength; offset += options.PartBytes)
                {
                    var last = Math.Min(offset + options.PartBytes, head.ContentLength) - 1;
                    var bytes = await RangeAsync(key, head.ETag, new ByteRange(offset, last), cancellation);
                    await RandomAccess.WriteAsync(file, bytes, offset, cancellation);
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    Task<byte[]> RangeAsync(string key, string etag, ByteRange range, CancellationToken cancellation) => retries.RunAsync(
        attempt => requests.SendAsync(
            key,
            async (client, token) =>
            {
                var request = new GetObjectRequest
                {
                    BucketName = requests.Bucket,
                    Key = requests.NameOf(key),
                    ByteRange = range,
                    EtagToMatch = etag,
                };
                using var answer = await client.GetObjectAsync(request, token);
                var bytes = new byte[range.End - range.Start + 1];
                await answer.ResponseStream.ReadExactlyAsync(bytes, token);
                return bytes;
            },
            attempt),
        cancellation);

    /// <exception cref="RefusedException">The copies would take more than allowed.</exception>
    void Reserve(string key, string folder, long bytes)
    {
        lock (_lock)
        {
            var staged = _staged.TryGetValue(folder, out var known) ? known : new Staged(FinishedBytes(folder), 0);
            // The caller may have deleted copies since: count again before a refusal.
            if (staged.Bytes + bytes > options.StagedBytesMax) staged = staged with { Finished = FinishedBytes(folder) };
            if (staged.Bytes + bytes > options.StagedBytesMax)
            {
                throw new RefusedException(
                    requests.Where(key), $"{staged.Bytes + bytes} bytes of local copies in {folder}",
                    $"at most {options.StagedBytesMax}: ask for less at a time, or raise the bound of staged bytes");
            }

            _staged[folder] = staged with { Unfinished = staged.Unfinished + bytes };
        }
    }

    void Settle(string folder, long bytes, bool isFinished)
    {
        lock (_lock)
        {
            var staged = _staged[folder];
            _staged[folder] = new Staged(staged.Finished + (isFinished ? bytes : 0), staged.Unfinished - bytes);
        }
    }

    static long FinishedBytes(string folder) => !Directory.Exists(folder) ? 0 : new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => !file.Name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal))
        .Sum(file => file.Length);

    /// <summary>Bytes of one work folder: copies that are there, and those on their way.</summary>
    readonly record struct Staged(long Finished, long Unfinished)
    {
        public long Bytes => Finished + Unfinished;
    }
}
