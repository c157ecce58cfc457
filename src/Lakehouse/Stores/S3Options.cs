using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>How S3 is reached. Credentials aren't here: the SDK's own chain finds them (environment, profile, web identity,
/// container, instance).</summary>
public sealed record S3Options
{
    const int MiB = 1 << 20;

    /// <summary>Address of the server, such as <c>http://127.0.0.1:9000</c>; null for AWS, or what AWS_ENDPOINT_URL_S3 says.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Region that requests are signed for; null for the SDK's own choice, or us-east-1 at an <see cref="Endpoint"/>.</summary>
    public string? Region { get; init; }

    /// <summary>Bucket in the path instead of the host's name; null for yes at an <see cref="Endpoint"/>, no at AWS.</summary>
    public bool? IsPathStyle { get; init; }

    /// <summary>Checksums of what is sent; null for when required at an <see cref="Endpoint"/>, when supported at AWS.</summary>
    public ChecksumUse? RequestChecksums { get; init; }

    /// <summary>Checksums of what is received; null as for <see cref="RequestChecksums"/>.</summary>
    public ChecksumUse? ResponseChecksums { get; init; }

    /// <summary>Larger files go up in parts of this size, and all come down in ranges of it; 5 MiB to 1 GiB.</summary>
    public int PartBytes { get; init; } = 8 * MiB;

    /// <summary>Parts of one file on their way at once; 1 to 32.</summary>
    public int PartsAtOnce { get; init; } = 4;

    /// <summary>Longest time of one try of one request, a part's included; 1,000 to 3,600,000.</summary>
    public int AttemptMsMax { get; init; } = 60_000;

    /// <summary>The most that local copies of objects may take in one work folder; at least 1 MiB. 32 GiB by default.</summary>
    public long StagedBytesMax { get; init; } = 32L * 1_024 * MiB;

    /// <exception cref="ConfigurationException">A value is out of range; names them all.</exception>
    public S3Options Validated()
    {
        var defects = new List<string>();
        if (Endpoint is not null && !IsHttp(Endpoint)) defects.Add($"endpoint '{Endpoint}' (http://host:port or https://host)");
        if (PartBytes is < 5 * MiB or > 1_024 * MiB) defects.Add($"part of {PartBytes} bytes (5 MiB to 1 GiB)");
        if (PartsAtOnce is < 1 or > 32) defects.Add($"parts at once {PartsAtOnce} (1 to 32)");
        if (AttemptMsMax is < 1_000 or > 3_600_000) defects.Add($"longest try {AttemptMsMax} ms (1,000 to 3,600,000)");
        if (StagedBytesMax < MiB) defects.Add($"staged bytes {StagedBytesMax} (at least 1 MiB)");
        return defects.Count == 0 ? this : throw new ConfigurationException("s3", string.Join(", ", defects), "values in their ranges");
    }

    static bool IsHttp(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
