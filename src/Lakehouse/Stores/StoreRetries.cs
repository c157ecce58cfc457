using System.Security.Cryptography;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Tries a request again while its failure is transient, after waits between nothing and a doubling bound ("full jitter",
/// so that writers who collided don't collide again).</summary>
/// <param name="options">Bounds.</param>
/// <param name="clock">Measures the waits.</param>
/// <param name="jitter">Uniform on [0, 1): the share of the bound that is waited.</param>
sealed class StoreRetries(RetryOptions options, TimeProvider clock, Func<double> jitter)
{
    /// <summary>Chance for use in service: its draws reach no output.</summary>
    public static double SystemJitter() => RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await request(cancellation);
            }
            catch (StoreException fault) when (IsTransient(fault))
            {
                await WaitAsync(attempt, fault, cancellation);
            }
        }
    }

    /// <summary>What a layer below has already tried again isn't worth it once more.</summary>
    public static bool IsTransient(StoreException fault) => fault.Verdict == Verdict.Retry && fault.Attempts == 1;

    /// <summary>Waits before the next try.</summary>
    /// <exception cref="StoreException">There is none: all tries are used up.</exception>
    public Task WaitAsync(int attempt, StoreException fault, CancellationToken cancellation)
    {
        if (attempt >= options.AttemptsMax) throw Exhausted(attempt, fault);
        var boundMs = Math.Min((double)options.BackoffMsMax, options.BackoffMs * (double)(1L << Math.Min(attempt - 1, 30)));
        return Task.Delay(TimeSpan.FromMilliseconds(boundMs * jitter()), clock, cancellation);
    }

    static StoreException Exhausted(int attempts, StoreException last) =>
        new(Verdict.Retry, last.Where, $"{last.Found} (try {attempts} of {attempts})", last.Expected, last) { Attempts = attempts };
}
