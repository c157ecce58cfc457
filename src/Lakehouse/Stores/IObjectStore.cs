using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Objects by key below one root: a folder, or a prefix of a bucket. Thread-safe.</summary>
/// <remarks>
/// Every implementation passes one contract suite. Keys are ordered by the bytes of their UTF-8. A key is parts joined by <c>/</c>,
/// none of them empty, <c>.</c> or <c>..</c>, without control characters, of 1,024 bytes at most; another one is a bug of the caller
/// and refused by <see cref="ArgumentException"/>. No key may be a folder of another (<c>a</c> beside <c>a/b</c>).
/// A failure of the store itself is a <see cref="StoreException"/> that names the object; transient ones have been tried again before.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The root as a user writes it: <c>/data/lake</c> or <c>s3://bucket/prefix</c>.</summary>
    string Root { get; }

    /// <summary>All bytes of an object; null where there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Bytes from <paramref name="offset"/> on, fewer than <paramref name="length"/> at the object's end; null where there is
    /// no object.</summary>
    Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation);

    /// <summary>What is known of an object; null where there is none.</summary>
    Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation);

    /// <summary>Writes an object whole, over an older one: readers see the old or the new bytes. Durable when it returns.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Writes an object only if there is none of this key; durable when it returns true.</summary>
    /// <returns>False when there was one, which is left as it is.</returns>
    /// <exception cref="StoreException">With <see cref="Verdict.Retry"/> the outcome may be unknown: the object may be there now or
    /// come to be. Who goes on reads it first.</exception>
    /// <remarks>
    /// Where answers get lost, an object that is there is taken for this call's own when its bytes are equal. So a body must be its
    /// writer's alone, by an id in it: of two writers of equal bytes both may be told that they won.
    /// </remarks>
    Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Objects whose key begins with <paramref name="prefix"/> and lies after <paramref name="startAfter"/>, in order of
    /// key.</summary>
    /// <remarks>Objects written or deleted meanwhile may be in it or not; all others are, once.</remarks>
    IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, string? startAfter, CancellationToken cancellation);

    /// <summary>Deletes an object; none of this key is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>Copies a local file into the store, over an older object, streamed and in parts where it is large; durable when it
    /// returns.</summary>
    Task UploadAsync(string key, string file, CancellationToken cancellation);

    /// <summary>
    /// A local file that holds the object's bytes: the object itself where the store is a folder, else a copy below
    /// <paramref name="workFolder"/>, which is the caller's to delete. Null where there is no such object.
    /// </summary>
    /// <exception cref="RefusedException">The copies would take more of the work folder than allowed.</exception>
    Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation);
}
