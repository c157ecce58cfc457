using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Where a store lies: <c>s3://bucket/prefix</c>, the prefix being a key or empty.</summary>
sealed record S3Location(string Bucket, string Prefix)
{
    /// <summary>How a path of this kind begins.</summary>
    public const string Scheme = "s3://";

    /// <summary>What is before every key: the prefix and a slash, or nothing.</summary>
    public string Folder => Prefix.Length == 0 ? "" : Prefix + "/";

    /// <exception cref="ConfigurationException">No bucket, or a prefix that is no key.</exception>
    public static S3Location Parse(string path)
    {
        var parts = path[Scheme.Length..].Split('/', 2);
        var prefix = parts.Length == 2 ? parts[1].TrimEnd('/') : "";
        if (parts[0].Length < 3 || (prefix.Length > 0 && !ObjectKey.IsValid(prefix)))
        {
            throw new ConfigurationException("lake", path, "s3://bucket/prefix, without empty parts, '.' or '..'");
        }

        return new S3Location(parts[0], prefix);
    }

    /// <inheritdoc />
    public override string ToString() => Prefix.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Prefix}";
}
