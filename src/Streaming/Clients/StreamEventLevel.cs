namespace Kafka.Stock.Streaming;

/// <summary>How much an event matters.</summary>
public enum StreamEventLevel
{
    /// <summary>For who looks closely.</summary>
    Debug,

    /// <summary>Life of a task: started, restored, stopped.</summary>
    Information,

    /// <summary>Works on, yet somebody may want to know.</summary>
    Warning,

    /// <summary>A task ended.</summary>
    Error,
}
