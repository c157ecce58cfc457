namespace Kafka.Stock.Lakehouse;

/// <summary>What a store says about an object without giving its bytes.</summary>
/// <param name="Key">Its name below the store's root: parts joined by <c>/</c>, none of them empty, <c>.</c> or <c>..</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedUs">When it was last written, µs since 1970 UTC, by the store's clock; S3 gives whole seconds.</param>
public readonly record struct ObjectEntry(string Key, long Length, long ModifiedUs);
