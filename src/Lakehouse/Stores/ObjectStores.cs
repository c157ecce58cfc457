using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Opens stores by their path.</summary>
public static class ObjectStores
{
    /// <summary>Opens a folder. Nothing is read or written yet, and the root need not exist.</summary>
    /// <exception cref="ConfigurationException">The path is none of them, or an option is out of range.</exception>
    public static IObjectStore Open(string path, ObjectStoreOptions options) => path.Contains("://", StringComparison.Ordinal)
        ? throw new ConfigurationException("lake", path, "a folder, or s3://bucket/prefix")
        : new LocalStore(path, options.Clock);

    /// <summary>Around a store of single tries: tries transient failures again and settles who won a put-if-absent.</summary>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public static IObjectStore WithRetries(IObjectStore store, ObjectStoreOptions options) => new RetryingStore(store, options.ToRetries());
}
