using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Ends a client whose brokers have all been out of reach for too long, instead of letting it wait for ever.</summary>
/// <remarks>The client says once that all are down and never that they are back, so at the limit the broker is asked.</remarks>
sealed class Reachability(KafkaOptions options, TimeProvider time)
{
    long _downSince;

    /// <summary>How long the question may take.</summary>
    public TimeSpan RequestTimeout { get; } = TimeSpan.FromMilliseconds(options.RequestTimeoutMs);

    /// <summary>Takes an error of the client.</summary>
    public void Heard(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown && _downSince == 0) _downSince = time.GetTimestamp();
    }

    /// <summary>Something came: a broker is there.</summary>
    public void Seen() => _downSince = 0;

    /// <summary>Asks the broker when the limit is over.</summary>
    /// <exception cref="StreamException">It doesn't answer.</exception>
    public void EndWhenLost(Action ask)
    {
        if (_downSince == 0 || time.GetElapsedTime(_downSince).TotalMilliseconds < options.UnreachableLimitMs) return;
        try
        {
            ask();
            _downSince = 0;
        }
        catch (KafkaException error)
        {
            throw ClientErrors.ToException(
                $"broker {options.BootstrapServers}", error.Error,
                string.Create(null, $"an answer: all brokers have been out of reach for {options.UnreachableLimitMs} ms"), error);
        }
    }
}
