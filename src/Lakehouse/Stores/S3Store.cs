using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Objects below a prefix of an S3 bucket: single tries, to be seen through <see cref="RetryingStore"/>.</summary>
/// <remarks>
/// A put-if-absent is one single PUT with <c>If-None-Match: *</c>: some servers ignore that header when a multipart upload is
/// completed. The server's listing must be in order of UTF-8 bytes, as S3's is; another one is an error, not a wrong answer.
/// The client lives as long as the process.
/// </remarks>
sealed class S3Store : IObjectStore
{
    readonly S3Requests _requests;
    readonly S3Upload _upload;
    readonly S3Staging _staging;

    S3Store(S3Location location, S3Requests requests, StoreRetries retries, S3Options options)
    {
        Root = location.ToString();
        _requests = requests;
        _upload = new S3Upload(requests, retries, options);
        _staging = new S3Staging(requests, retries, options);
    }

    /// <inheritdoc />
    public string Root { get; }

    /// <summary>Opens a location; asks the server nothing yet.</summary>
    /// <param name="path">As <c>s3://bucket/prefix</c>.</param>
    /// <param name="options">How the server is reached.</param>
    /// <param name="retries">For the parts of files; all else is tried once.</param>
    /// <param name="clock">Bounds each try.</param>
    /// <param name="credentials">Null for the SDK's chain.</param>
    /// <exception cref="ConfigurationException">The path or an option is wrong.</exception>
    public static S3Store Open(string path, S3Options options, StoreRetries retries, TimeProvider clock, AWSCredentials? credentials)
    {
        var location = S3Location.Parse(path);
        var checkedOptions = options.Validated();
        try
        {
            var requests = new S3Requests(S3Requests.NewClient(checkedOptions, credentials), location, checkedOptions, clock);
            return new S3Store(location, requests, retries, checkedOptions);
        }
        catch (AmazonClientException cause)
        {
            throw new ConfigurationException(path, cause.Message, "a region (AWS_REGION or the option), or an endpoint", cause);
        }
    }

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => ReadAsync(key, range: null, cancellation);

    /// <inheritdoc />
    public async Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        // There is no way to ask for nothing.
        if (length == 0) return await HeadAsync(key, cancellation) is null ? null : [];
        return await ReadAsync(key, new ByteRange(offset, offset + length - 1), cancellation);
    }

    /// <inheritdoc />
    public Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _requests.SendAsync<ObjectEntry?>(
            key,
            async (client, token) =>
            {
                try
                {
                    var head = await client.GetObjectMetadataAsync(_requests.Bucket, _requests.NameOf(key), token);
                    return new ObjectEntry(key, head.ContentLength, Microseconds(head.LastModified));
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellation);
    }

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        PutAsync(key, body, ifAbsent: false, cancellation);

    /// <inheritdoc />
    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        PutAsync(key, body, ifAbsent: true, cancellation);

    /// <inheritdoc />
    public IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, string? startAfter, CancellationToken cancellation)
    {
        ObjectKey.CheckPrefix(prefix);
        return PagesAsync(prefix, startAfter, cancellation);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _requests.SendAsync(
            key, (client, token) => client.DeleteObjectAsync(_requests.Bucket, _requests.NameOf(key), token), cancellation);
    }

    /// <inheritdoc />
    public Task UploadAsync(string key, string file, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _upload.RunAsync(key, file, cancellation);
    }

    /// <inheritdoc />
    public Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _staging.FileAsync(key, workFolder, cancellation);
    }

    static long Microseconds(DateTime? time) =>
        time is { } known ? (known.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;

    /// <summary>The bytes themselves where they lie in an array; else a copy.</summary>
    static MemoryStream StreamOf(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var array) && array.Array is not null
        ? new MemoryStream(array.Array, array.Offset, array.Count, writable: false)
        : new MemoryStream(body.ToArray(), writable: false);

    Task<byte[]?> ReadAsync(string key, ByteRange? range, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _requests.SendAsync<byte[]?>(
            key,
            async (client, token) =>
            {
                try
                {
                    var request = new GetObjectRequest { BucketName = _requests.Bucket, Key = _requests.NameOf(key), ByteRange = range };
                    using var answer = await client.GetObjectAsync(request, token);
                    var bytes = new byte[answer.ContentLength];
                    await answer.ResponseStream.ReadExactlyAsync(bytes, token);
                    return bytes;
                }
                catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
                {
                    return null;
                }
                catch (AmazonS3Exception beyond) when (beyond.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    return [];
                }
            },
            cancellation);
    }

    Task<bool> PutAsync(string key, ReadOnlyMemory<byte> body, bool ifAbsent, CancellationToken cancellation)
    {
        ObjectKey.Check(key);
        return _requests.SendAsync(
            key,
            async (client, token) =>
            {
                using var stream = StreamOf(body);
                var request = new PutObjectRequest
                {
                    BucketName = _requests.Bucket,
                    Key = _requests.NameOf(key),
                    InputStream = stream,
                    AutoCloseStream = false,
                    IfNoneMatch = ifAbsent ? "*" : null,
                    UseChunkEncoding = false,
                };
                try
                {
                    await client.PutObjectAsync(request, token);
                    return true;
                }
                catch (AmazonS3Exception taken) when (ifAbsent && taken.StatusCode == HttpStatusCode.PreconditionFailed)
                {
                    return false;
                }
            },
            cancellation);
    }

    async IAsyncEnumerable<ObjectEntry> PagesAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _requests.Bucket,
            Prefix = _requests.NameOf(prefix),
            StartAfter = startAfter is null ? null : _requests.NameOf(startAfter),
        };
        string? last = null;
        do
        {
            var page = await _requests.SendAsync(prefix, (client, token) => client.ListObjectsV2Async(request, token), cancellation);
            foreach (var item in page.S3Objects ?? [])
            {
                if (last is not null && ObjectKey.Compare(item.Key, last) <= 0) throw Disordered(item.Key, last);
                last = item.Key;
                var key = item.Key[_requests.NameOf("").Length..];
                // Others may have put names here that no key of ours can have, such as the markers of folders.
                if (ObjectKey.IsValid(key)) yield return new ObjectEntry(key, item.Size ?? 0, Microseconds(item.LastModified));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    StoreException Disordered(string key, string last) => new(
        Verdict.Stop, Root, $"a listing with '{key}' after '{last}'", "a server that lists in order of UTF-8 bytes");
}
