using Amazon.Runtime;

namespace Kafka.Stock.Lakehouse;

/// <summary>The connections of all S3 clients of the process: one pool, and no <c>Expect: 100-continue</c>.</summary>
/// <remarks>
/// With that header a server may refuse a request before its body comes. .NET sends a small body nevertheless and keeps the connection,
/// Ceph's gateway doesn't wait for it, and takes it for the beginning of the next request (405 for a method "xGET").
/// </remarks>
sealed class S3Connections : HttpClientFactory
{
    static readonly HttpClient s_client = new(new Plain(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Names are looked up again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc />
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => s_client;

    /// <inheritdoc />
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc />
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    sealed class Plain(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = false;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
