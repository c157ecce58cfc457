using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A store that kills its own process, as <c>kill -9</c> does, before or after a request: nothing is tidied up, no answer is
/// heard of.</summary>
sealed class DyingStore(IObjectStore inner, DeathPlan plan) : IObjectStore
{
    int _matches;

    public string Root => inner.Root;

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => inner.GetAsync(key, cancellation);

    public Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation) =>
        inner.GetRangeAsync(key, offset, length, cancellation);

    public Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation) => inner.HeadAsync(key, cancellation);

    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        AroundAsync(StoreOperation.Put, key, () => Done(inner.PutAsync(key, body, cancellation)));

    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        AroundAsync(StoreOperation.PutIfAbsent, key, () => inner.PutIfAbsentAsync(key, body, cancellation));

    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in inner.ListAsync(prefix, startAfter, cancellation)) yield return entry;
    }

    public Task DeleteAsync(string key, CancellationToken cancellation) =>
        AroundAsync(StoreOperation.Delete, key, () => Done(inner.DeleteAsync(key, cancellation)));

    public Task UploadAsync(string key, string file, CancellationToken cancellation) =>
        AroundAsync(StoreOperation.Upload, key, () => Done(inner.UploadAsync(key, file, cancellation)));

    public Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation) =>
        inner.LocalFileAsync(key, workFolder, cancellation);

    static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    async Task<T> AroundAsync<T>(StoreOperation operation, string key, Func<Task<T>> request)
    {
        var isTheOne = plan.Matches(operation, key) && Interlocked.Increment(ref _matches) == 1;
        if (isTheOne && !plan.IsAfter) Die();
        var answer = await request();
        if (isTheOne) Die();
        return answer;
    }

    static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal can't be caught; this thread waits for it.
        self.WaitForExit();
    }
}
