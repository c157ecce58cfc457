using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>The one place that looks at what the S3 client throws: what it was, whether a moment may heal it, and what to do.</summary>
static class S3Faults
{
    static readonly string[] s_transientCodes = ["RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable", "OperationAborted"];

    /// <summary>Null for what isn't the store's: bugs, and the caller's own cancellation.</summary>
    public static StoreException? Of(string where, Exception cause, bool isTimeUp) => cause switch
    {
        AmazonServiceException { StatusCode: >= HttpStatusCode.Continue } answer => OfAnswer(where, answer),
        OperationCanceledException when isTimeUp => Transient(where, "no answer in time", cause),
        OperationCanceledException => null,
        _ when Transport(cause) is { } broken => Transient(where, $"no answer: {broken.Message}", cause),
        AmazonClientException => new StoreException(
            Verdict.Stop, where, cause.Message,
            "credentials that the SDK finds: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role", cause),
        _ => null,
    };

    public static bool HasStatus(Exception cause, HttpStatusCode status) =>
        cause is AmazonServiceException answer && answer.StatusCode == status;

    static StoreException OfAnswer(string where, AmazonServiceException answer)
    {
        var status = (int)answer.StatusCode;
        var found = $"{status} {answer.ErrorCode}: {answer.Message}";
        if (status is >= 500 or 429 or 408 or 409 || s_transientCodes.Contains(answer.ErrorCode))
        {
            return Transient(where, found, answer);
        }

        var expected = (status, answer.ErrorCode) switch
        {
            (_, "NoSuchBucket") => "a bucket that exists: create it first",
            (_, "XAmzContentSHA256Mismatch") => "checksums that this server knows: set request and response checksums to when-required",
            (_, "RequestTimeTooSkewed") => "a clock that is right",
            (_, "SignatureDoesNotMatch") => "the secret key that belongs to the access key",
            (_, "InvalidAccessKeyId") => "an access key that the server knows",
            (401 or 403, _) => "credentials that may read and write this bucket",
            (301 or 307, _) => "the bucket's own region and endpoint",
            _ => "a request that the server takes",
        };
        return new StoreException(Verdict.Stop, where, found, expected, answer);
    }

    static StoreException Transient(string where, string found, Exception cause) =>
        new(Verdict.Retry, where, found, "an answer of the server", cause);

    /// <summary>The exception of network or stream in a chain of wrappers.</summary>
    static Exception? Transport(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or SocketException or WebException) return cause;
        }

        return null;
    }
}
