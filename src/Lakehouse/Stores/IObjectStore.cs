namespace Kafka.Stock.Lakehouse;

/// <summary>What a store says about an object without giving its bytes.</summary>
/// <param name="Key">Its name below the store's root: parts joined by <c>/</c>, none of them empty, <c>.</c> or <c>..</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedUs">When it was last written, µs since 1970 UTC, by the store's clock.</param>
public readonly record struct ObjectEntry(string Key, long Length, long ModifiedUs);

/// <summary>Objects by key below one root: a folder, or a prefix of a bucket. Thread-safe.</summary>
/// <remarks>
/// Every implementation passes one contract suite. Keys are ordered by the bytes of their UTF-8. A key that would leave the
/// root is refused by <see cref="ArgumentException"/>. A failure of the store itself is a <see cref="StoreException"/> that names
/// the object; transient ones have been tried again before.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The root as a user writes it: <c>/data/lake</c> or <c>s3://bucket/prefix</c>.</summary>
    string Root { get; }

    /// <summary>All bytes of an object; null where there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Bytes from <paramref name="offset"/> on, fewer than <paramref name="length"/> at the object's end; null where there is none.</summary>
    Task<byte[]?> GetRangeAsync(string key, long offset, int length, CancellationToken cancellation);

    /// <summary>What is known of an object; null where there is none.</summary>
    Task<ObjectEntry?> HeadAsync(string key, CancellationToken cancellation);

    /// <summary>Writes an object whole, over an older one: readers see the old or the new bytes.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Writes an object only if there is none of this key; durable when it returns true.</summary>
    /// <returns>False when there was one, which is left as it is.</returns>
    Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Objects whose key begins with <paramref name="prefix"/> and lies after <paramref name="startAfter"/>, in order of key.</summary>
    IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, string? startAfter, CancellationToken cancellation);

    /// <summary>Deletes an object; none of this key is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>Copies a local file into the store, streamed and in parts where it is large; durable when it returns.</summary>
    Task UploadAsync(string key, string file, CancellationToken cancellation);

    /// <summary>
    /// A local file that holds the object's bytes: the object itself where the store is a folder, else a copy below
    /// <paramref name="workFolder"/>. Null where there is no such object.
    /// </summary>
    Task<string?> LocalFileAsync(string key, string workFolder, CancellationToken cancellation);
}
