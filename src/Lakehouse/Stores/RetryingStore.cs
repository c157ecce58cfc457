using System.Runtime.CompilerServices;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Makes of a store whose requests fail at times one that does what <see cref="IObjectStore"/> promises: tries again what
/// is transient, and finds out who won when the answer to a put-if-absent was lost.</summary>
/// <param name="inner">A store of single tries: transient failures have <see cref="Verdict.Retry"/>.</param>
/// <param name="retries">When to try again.</param>
sealed class RetryingStore(IObjectStore inner, StoreRetries retries) : IObjectStore
{
    /// <inheritdoc />
    public string Root => inner.Root;

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) =>
        retries.RunAsync(token => inner.GetAsync(key, token), cancellation);

    /// <inheritdoc />
    public Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation) =>
        retries.RunAsync(token => inner.GetRangeAsync(key, offset, length, token), cancellation);

    /// <inheritdoc />
    public Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation) =>
        retries.RunAsync(token => inner.HeadAsync(key, token), cancellation);

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        RunAsync(token => inner.PutAsync(key, body, token), cancellation);

    /// <inheritdoc />
    public async Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await inner.PutIfAbsentAsync(key, body, cancellation)) return true;
                // Even a first refusal may be due to ourselves: HTTP clients and proxies send a request again, unasked, when a
                // connection that was used before breaks.
                return await IsThereAsync(key, body, cancellation) == true;
            }
            catch (StoreException fault) when (StoreRetries.IsTransient(fault))
            {
                if (await SettledAsync(key, body, attempt, fault, cancellation) is { } isOurs) return isOurs;
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = startAfter;
        var attempt = 1;
        var page = inner.ListAsync(prefix, last, cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            while (true)
            {
                StoreException? fault = null;
                try
                {
                    if (!await page.MoveNextAsync()) yield break;
                }
                catch (StoreException transient) when (StoreRetries.IsTransient(transient))
                {
                    fault = transient;
                }

                if (fault is null)
                {
                    attempt = 1;
                    last = page.Current.Key;
                    yield return page.Current;
                    continue;
                }

                // What has been given stays given: the listing goes on behind it.
                await retries.WaitAsync(attempt++, fault, cancellation);
                await page.DisposeAsync();
                page = inner.ListAsync(prefix, last, cancellation).GetAsyncEnumerator(cancellation);
            }
        }
        finally
        {
            await page.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellation) =>
        RunAsync(token => inner.DeleteAsync(key, token), cancellation);

    /// <inheritdoc />
    public Task UploadAsync(string key, string file, CancellationToken cancellation) =>
        RunAsync(token => inner.UploadAsync(key, file, token), cancellation);

    /// <inheritdoc />
    public Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation) =>
        retries.RunAsync(token => inner.LocalFileAsync(key, workFolder, token), cancellation);

    /// <summary>After the last try: the object itself says who won; where it isn't there, the outcome stays unknown.</summary>
    async Task<bool?> SettledAsync(
        string key, ReadOnlyMemory<byte> body, int attempt, StoreException fault, CancellationToken cancellation)
    {
        try
        {
            await retries.WaitAsync(attempt, fault, cancellation);
            return null;
        }
        catch (StoreException)
        {
            if (await IsThereAsync(key, body, cancellation) is { } isOurs) return isOurs;
            throw;
        }
    }

    /// <returns>Null where there is no object.</returns>
    async Task<bool?> IsThereAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var there = await GetAsync(key, cancellation);
        return there is null ? null : there.AsSpan().SequenceEqual(body.Span);
    }

    Task<bool> RunAsync(Func<CancellationToken, Task> request, CancellationToken cancellation) => retries.RunAsync(
        async token =>
        {
            await request(token);
            return true;
        },
        cancellation);
}
