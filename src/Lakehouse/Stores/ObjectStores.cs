using Amazon.Runtime;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Opens stores by their path.</summary>
public static class ObjectStores
{
    /// <summary>Opens a folder or <c>s3://bucket/prefix</c>. Nothing is read or written yet, and the root need not exist; a bucket must
    /// when it is used.</summary>
    /// <exception cref="ConfigurationException">The path is none of them, or an option is out of range.</exception>
    public static IObjectStore Open(string path, ObjectStoreOptions options) => Open(path, options, credentials: null);

    /// <summary>Around a store of single tries: tries transient failures again and settles who won a put-if-absent.</summary>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public static IObjectStore WithRetries(IObjectStore store, ObjectStoreOptions options) => new RetryingStore(store, options.ToRetries());

    /// <summary>The same with credentials other than those of the SDK's chain.</summary>
    internal static IObjectStore Open(string path, ObjectStoreOptions options, AWSCredentials? credentials)
    {
        if (path.StartsWith(S3Location.Scheme, StringComparison.Ordinal))
        {
            var retries = options.ToRetries();
            return new RetryingStore(S3Store.Open(path, options.S3, retries, options.Clock, credentials), retries);
        }

        return path.Contains("://", StringComparison.Ordinal)
            ? throw new ConfigurationException("lake", path, "a folder, or s3://bucket/prefix")
            : new LocalStore(path, options.Clock);
    }
}
