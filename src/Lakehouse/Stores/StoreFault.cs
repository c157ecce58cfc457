namespace Kafka.Stock.Lakehouse;

/// <summary>What can go wrong with one request. Before: nothing was done. After: it was done, and nobody was told.</summary>
public enum StoreFault
{
    /// <summary>500 before the effect.</summary>
    ServerError,

    /// <summary>500 after the effect.</summary>
    ServerErrorAfter,

    /// <summary>503: asked too often; no effect.</summary>
    SlowDown,

    /// <summary>409: another write of this key is on its way; no effect.</summary>
    Conflict,

    /// <summary>No answer in time, no effect.</summary>
    Timeout,

    /// <summary>No answer in time, after the effect.</summary>
    TimeoutAfter,

    /// <summary>The connection breaks after the effect.</summary>
    LostReply,

    /// <summary>The process dies before the effect: this call and all later ones throw <see cref="StoreKilledException"/>.</summary>
    KillBefore,

    /// <summary>The process dies after the effect.</summary>
    KillAfter,
}
