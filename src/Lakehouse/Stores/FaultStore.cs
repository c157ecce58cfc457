using System.Runtime.CompilerServices;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>A store that fails on purpose, for tests: by chance with a seed, at stated requests, or by the death of its process.</summary>
/// <remarks>
/// Its failures are those of single tries, so what promises the whole contract is <see cref="ObjectStores.WithRetries"/> around it.
/// Without that, each fault reaches the caller: as it does when retries are used up.
/// </remarks>
/// <param name="inner">Where requests that pass go.</param>
/// <param name="plan">Which don't.</param>
public sealed class FaultStore(IObjectStore inner, FaultPlan plan) : IObjectStore
{
    readonly Lock _lock = new();
    readonly List<string> _calls = [];
    readonly Dictionary<(StoreOperation, string), int> _counts = [];
    readonly int[] _matches = new int[plan.Rules.Count];
    bool _killed;

    /// <inheritdoc />
    public string Root => inner.Root;

    /// <summary>All requests so far, such as <c>PutIfAbsent _delta_log/00000000000000000000.json</c>. Their positions are the numbers
    /// of <see cref="FaultPlan.KillBeforeCall"/>: a run without faults tells where the next ones can be killed.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) =>
        RunAsync(StoreOperation.Get, key, () => inner.GetAsync(key, cancellation));

    /// <inheritdoc />
    public Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation) =>
        RunAsync(StoreOperation.GetRange, key, () => inner.GetRangeAsync(key, offset, length, cancellation));

    /// <inheritdoc />
    public Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation) =>
        RunAsync(StoreOperation.Head, key, () => inner.HeadAsync(key, cancellation));

    /// <inheritdoc />
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        RunAsync(StoreOperation.Put, key, () => Done(inner.PutAsync(key, body, cancellation)));

    /// <inheritdoc />
    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        RunAsync(StoreOperation.PutIfAbsent, key, () => inner.PutIfAbsentAsync(key, body, cancellation));

    /// <inheritdoc />
    /// <remarks>What comes "after the effect" comes after the first entry.</remarks>
    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var fault = Next(StoreOperation.List, prefix);
        if (fault is { } before && !IsAfter(before)) throw Failure(before, prefix);
        await foreach (var entry in inner.ListAsync(prefix, startAfter, cancellation).WithCancellation(cancellation))
        {
            yield return entry;
            if (fault is { } after) throw Failure(after, prefix);
        }

        if (fault is { } atEnd) throw Failure(atEnd, prefix);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellation) =>
        RunAsync(StoreOperation.Delete, key, () => Done(inner.DeleteAsync(key, cancellation)));

    /// <inheritdoc />
    public Task UploadAsync(string key, string file, CancellationToken cancellation) =>
        RunAsync(StoreOperation.Upload, key, () => Done(inner.UploadAsync(key, file, cancellation)));

    /// <inheritdoc />
    public Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation) =>
        RunAsync(StoreOperation.LocalFile, key, () => inner.LocalFileAsync(key, workFolder, cancellation));

    static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    static bool IsAfter(StoreFault fault) =>
        fault is StoreFault.ServerErrorAfter or StoreFault.TimeoutAfter or StoreFault.LostReply or StoreFault.KillAfter;

    async Task<T> RunAsync<T>(StoreOperation operation, string key, Func<Task<T>> request)
    {
        ObjectKey.Check(key);
        var fault = Next(operation, key);
        if (fault is { } before && !IsAfter(before)) throw Failure(before, key);
        var answer = await request();
        return fault is { } after ? throw Failure(after, key) : answer;
    }

    StoreFault? Next(StoreOperation operation, string key)
    {
        lock (_lock)
        {
            if (_killed) throw new StoreKilledException($"{inner.Root}/{key}");
            var call = _calls.Count;
            _calls.Add($"{operation} {key}");
            var nth = _counts.GetValueOrDefault((operation, key));
            _counts[(operation, key)] = nth + 1;
            var fault = Killing(call) ?? Stated(operation, key) ?? plan.Drawn(operation, key, nth);
            _killed = fault is StoreFault.KillBefore or StoreFault.KillAfter;
            return fault;
        }
    }

    StoreFault? Killing(int call)
    {
        if (call == plan.KillBeforeCall) return StoreFault.KillBefore;
        return call == plan.KillAfterCall ? StoreFault.KillAfter : null;
    }

    StoreFault? Stated(StoreOperation operation, string key)
    {
        foreach (var (index, rule) in plan.Rules.Index())
        {
            if (!rule.Matches(operation, key)) continue;
            var match = _matches[index]++;
            if (match >= rule.Skip && match < rule.Skip + rule.Times) return rule.Fault;
        }

        return null;
    }

    Exception Failure(StoreFault fault, string key)
    {
        var where = $"{inner.Root}/{key}";
        if (fault is StoreFault.KillBefore or StoreFault.KillAfter) return new StoreKilledException(where);
        var found = fault switch
        {
            StoreFault.ServerError or StoreFault.ServerErrorAfter => "500 Internal Error",
            StoreFault.SlowDown => "503 Slow Down",
            StoreFault.Conflict => "409 Conflict",
            StoreFault.LostReply => "a connection that broke before the answer",
            _ => "no answer in time",
        };
        return new StoreException(Verdict.Retry, where, found, "an answer (this is a fault by plan)");
    }
}
