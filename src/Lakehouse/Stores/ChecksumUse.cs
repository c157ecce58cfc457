namespace Kafka.Stock.Lakehouse;

/// <summary>When the S3 client adds or checks checksums of bodies beyond the signature.</summary>
public enum ChecksumUse
{
    /// <summary>Only where the protocol demands it. Servers other than AWS often know nothing else.</summary>
    WhenRequired,

    /// <summary>Wherever the protocol allows it.</summary>
    WhenSupported,
}
