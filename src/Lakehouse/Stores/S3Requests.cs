using Amazon.Runtime;
using Amazon.S3;

namespace Kafka.Stock.Lakehouse;

/// <summary>Single tries of requests: each bounded in time, each failure turned into ours.</summary>
/// <param name="client">Tries nothing again by itself: it would hide that an earlier try may have had its effect.</param>
/// <param name="location">Where the store lies.</param>
/// <param name="options">Bounds.</param>
/// <param name="clock">Measures them.</param>
sealed class S3Requests(IAmazonS3 client, S3Location location, S3Options options, TimeProvider clock)
{
    readonly TimeSpan _attemptMax = TimeSpan.FromMilliseconds(options.AttemptMsMax);

    public string Bucket => location.Bucket;

    /// <summary>The client for a location, or with credentials other than those of the SDK's chain.</summary>
    public static AmazonS3Client NewClient(S3Options options, AWSCredentials? credentials)
    {
        var isElsewhere = options.Endpoint is not null;
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.IsPathStyle ?? isElsewhere,
            RequestChecksumCalculation = (options.RequestChecksums ?? Default(isElsewhere)) == ChecksumUse.WhenRequired
                ? RequestChecksumCalculation.WHEN_REQUIRED
                : RequestChecksumCalculation.WHEN_SUPPORTED,
            ResponseChecksumValidation = (options.ResponseChecksums ?? Default(isElsewhere)) == ChecksumUse.WhenRequired
                ? ResponseChecksumValidation.WHEN_REQUIRED
                : ResponseChecksumValidation.WHEN_SUPPORTED,
            HttpClientFactory = new S3Connections(),
            MaxErrorRetry = 0,
            ThrottleRetries = false,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Endpoint is not null)
        {
            config.ServiceURL = options.Endpoint;
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        else if (options.Region is not null)
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        return credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config);
    }

    /// <summary>The object's name in the bucket.</summary>
    public string NameOf(string key) => location.Folder + key;

    /// <summary>How messages call an object.</summary>
    public string Where(string key) => $"{S3Location.Scheme}{location.Bucket}/{NameOf(key)}";

    public async Task<T> SendAsync<T>(
        string key, Func<IAmazonS3, CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(_attemptMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await request(client, either.Token);
        }
        catch (Exception cause)
        {
            cancellation.ThrowIfCancellationRequested();
            if (S3Faults.Of(Where(key), cause, timer.IsCancellationRequested) is { } fault) throw fault;
            throw;
        }
    }

    static ChecksumUse Default(bool isElsewhere) => isElsewhere ? ChecksumUse.WhenRequired : ChecksumUse.WhenSupported;
}
