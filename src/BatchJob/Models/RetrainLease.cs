using System.Globalization;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>The right to retrain on a store: one at a time, over all machines. Given back when it is disposed.</summary>
/// <remarks>A process that was killed leaves it behind. Nothing guesses whether it still lives: its object is deleted by hand.</remarks>
public sealed class RetrainLease : IAsyncDisposable
{
    /// <summary>The object that says who retrains.</summary>
    public const string Key = "retrain-lease.txt";

    readonly IObjectStore _store;

    RetrainLease(IObjectStore store) => _store = store;

    /// <summary>Takes the lease.</summary>
    /// <param name="store">Where models lie.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RefusedException">Somebody has it: who, since when, and what to do if that process is gone.</exception>
    public static async Task<RetrainLease> TakeAsync(IObjectStore store, TimeProvider time, CancellationToken cancellation)
    {
        // The bytes are this process's and this call's alone, so that an answer that was lost can be told from somebody else's lease.
        var owner = string.Create(
            CultureInfo.InvariantCulture,
            $"process {Environment.ProcessId} on {Environment.MachineName} since {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}, "
                + $"{time.GetTimestamp():x}");
        if (await store.PutIfAbsentAsync(Key, Encoding.UTF8.GetBytes(owner), cancellation)) return new RetrainLease(store);
        var other = await store.GetAsync(Key, cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : "somebody who has just ended";
        throw new RefusedException(
            $"{store.Root}/{Key}", $"a retrain of {other}",
            "one at a time: wait for its end, or delete this object when that process is gone");
    }

    /// <summary>Gives it back.</summary>
    public async ValueTask DisposeAsync() => await _store.DeleteAsync(Key, CancellationToken.None);
}
