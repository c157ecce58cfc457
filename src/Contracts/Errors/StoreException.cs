namespace Kafka.Stock.Contracts;

/// <summary>An object store, or what lies between: full disk, permission, transport. Its place names the object.</summary>
/// <remarks><see cref="Verdict.Retry"/> for what a moment may heal; else somebody has to do something.</remarks>
public sealed class StoreException(Verdict verdict, string where, string found, string expected, Exception? cause = null)
    : StockException(verdict, where, found, expected, cause)
{
    /// <summary>How often it was tried before this was thrown; what has been tried again once isn't by the layer above.</summary>
    public int Attempts { get; init; } = 1;
}
