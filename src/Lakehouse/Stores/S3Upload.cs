using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Files on their way up: whole where they are small, else in parts, a few at once, each tried again by itself.</summary>
/// <remarks>
/// Memory: the client's buffers only, parts are read from the file. A failure aborts the upload, so that no parts stay; where even
/// that fails, or the process dies, a lifecycle rule of the bucket has to clear them (AbortIncompleteMultipartUpload).
/// </remarks>
sealed class S3Upload(S3Requests requests, StoreRetries retries, S3Options options)
{
    const int PartsMax = 10_000;

    /// <summary>Metadata by which an object is known to be of one upload; the SDK puts x-amz-meta- before it.</summary>
    const string MarkName = "kstock-upload";

    public async Task RunAsync(string key, string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var length = LengthOf(file);
        if (length > options.PartBytes)
        {
            await InPartsAsync(key, file, length, cancellation);
            return;
        }

        var request = new PutObjectRequest { BucketName = requests.Bucket, Key = requests.NameOf(key), FilePath = file };
        await requests.SendAsync(key, (client, token) => client.PutObjectAsync(request, token), cancellation);
    }

    /// <summary>Opens the file, so that one which can't be read is told apart from a server that can't be reached.</summary>
    static long LengthOf(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            return RandomAccess.GetLength(handle);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of(file, cause);
        }
    }

    async Task InPartsAsync(string key, string file, long length, CancellationToken cancellation)
    {
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var upload = await BeginAsync(key, mark, cancellation);
        try
        {
            var parts = await SendPartsAsync(key, upload, file, length, cancellation);
            await CompleteAsync(key, upload, mark, parts, cancellation);
        }
        catch
        {
            await AbortAsync(key, upload);
            throw;
        }
    }

    Task<string> BeginAsync(string key, string mark, CancellationToken cancellation)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = requests.Bucket, Key = requests.NameOf(key) };
        request.Metadata.Add(MarkName, mark);
        return TriedAsync(key, async (client, token) => (await client.InitiateMultipartUploadAsync(request, token)).UploadId, cancellation);
    }

    async Task<PartETag[]> SendPartsAsync(string key, string upload, string file, long length, CancellationToken cancellation)
    {
        var partBytes = Math.Max(options.PartBytes, ((length - 1) / PartsMax) + 1);
        var parts = new PartETag[((length - 1) / partBytes) + 1];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.PartsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, parts.Length, atOnce, async (index, token) =>
        {
            var offset = index * partBytes;
            parts[index] = await TriedAsync(
                key,
                async (client, attempt) =>
                {
                    var request = new UploadPartRequest
                    {
                        BucketName = requests.Bucket,
                        Key = requests.NameOf(key),
                        UploadId = upload,
                        PartNumber = index + 1,
                        FilePath = file,
                        FilePosition = offset,
                        PartSize = Math.Min(partBytes, length - offset),
                    };
                    return new PartETag(index + 1, (await client.UploadPartAsync(request, attempt)).ETag);
                },
                token);
        });
        return parts;
    }

    /// <summary>After a lost answer the upload is unknown to the server, because it is an object now: its mark says so.</summary>
    async Task CompleteAsync(string key, string upload, string mark, PartETag[] parts, CancellationToken cancellation)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = requests.Bucket,
            Key = requests.NameOf(key),
            UploadId = upload,
            PartETags = [.. parts],
        };
        try
        {
            await TriedAsync(key, (client, token) => client.CompleteMultipartUploadAsync(request, token), cancellation);
        }
        catch (StoreException unknown) when (IsUnknown(unknown))
        {
            if (await MarkAsync(key, cancellation) != mark) throw;
        }
    }

    static bool IsUnknown(StoreException fault) => fault.Verdict == Verdict.Retry
        || (fault.InnerException is { } cause && S3Faults.HasStatus(cause, HttpStatusCode.NotFound));

    Task<string?> MarkAsync(string key, CancellationToken cancellation) => TriedAsync(
        key,
        async (client, token) =>
        {
            try
            {
                return (await client.GetObjectMetadataAsync(requests.Bucket, requests.NameOf(key), token)).Metadata[MarkName];
            }
            catch (Exception missing) when (S3Faults.HasStatus(missing, HttpStatusCode.NotFound))
            {
                return null;
            }
        },
        cancellation);

    /// <summary>Also when the caller has given up, and never in the way of the error that led here.</summary>
    async Task AbortAsync(string key, string upload)
    {
        try
        {
            await requests.SendAsync(
                key, (client, token) => client.AbortMultipartUploadAsync(requests.Bucket, requests.NameOf(key), upload, token),
                CancellationToken.None);
        }
        catch (StoreException)
        {
            // The parts stay until the bucket's rule clears them.
        }
    }

    Task<T> TriedAsync<T>(
        string key, Func<Amazon.S3.IAmazonS3, CancellationToken, Task<T>> request, CancellationToken cancellation) =>
        retries.RunAsync(token => requests.SendAsync(key, request, token), cancellation);
}
