namespace Kafka.Stock.Lakehouse;

/// <summary>Which requests of a <see cref="FaultStore"/> go wrong, and how: a function of the seed and of the requests alone.</summary>
public sealed record FaultPlan
{
    static readonly StoreFault[] s_drawn =
    [
        StoreFault.ServerError, StoreFault.ServerErrorAfter, StoreFault.SlowDown, StoreFault.Conflict, StoreFault.Timeout,
        StoreFault.TimeoutAfter, StoreFault.LostReply,
    ];

    /// <summary>Another seed, other faults.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the requests that fail by chance, 0 to 1. Kills are never drawn.</summary>
    public double Share { get; init; }

    /// <summary>Most faults by chance in a row on one operation and key: the next one passes, so retries that are bounded get
    /// through.</summary>
    public int InRowMax { get; init; } = 3;

    /// <summary>Stated faults; the first rule that matches and isn't used up decides.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Number of the call, counted from 0 over all operations, before whose effect the process dies.</summary>
    public int? KillBeforeCall { get; init; }

    /// <summary>Number of the call, counted from 0 over all operations, after whose effect the process dies.</summary>
    public int? KillAfterCall { get; init; }

    /// <summary>The fault by chance of the nth request of this operation and key.</summary>
    internal StoreFault? Drawn(StoreOperation operation, string key, int nth)
    {
        if (nth % (InRowMax + 1) == InRowMax) return null;
        var bits = Mix(Mix(Mix(Seed) ^ Hash(key) ^ (ulong)operation) ^ (ulong)nth);
        if ((bits >> 11) * (1.0 / (1UL << 53)) >= Share) return null;
        return s_drawn[(int)(Mix(bits) % (ulong)s_drawn.Length)];
    }

    /// <summary>FNV-1a of the text's UTF-16 units.</summary>
    static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text) hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }

    /// <summary>SplitMix64's finaliser (Steele, Lea, Flood 2014).</summary>
    static ulong Mix(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
