namespace Kafka.Stock.Lakehouse;

/// <summary>A fault at a stated request.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Operation">Only requests of this kind; null for all.</param>
/// <param name="KeyPart">Only keys that contain this text; empty for all.</param>
/// <param name="Skip">So many matching requests pass first.</param>
/// <param name="Times">So many are hit then.</param>
public sealed record FaultRule(StoreFault Fault, StoreOperation? Operation = null, string KeyPart = "", int Skip = 0, int Times = 1)
{
    internal bool Matches(StoreOperation operation, string key) =>
        (Operation is null || Operation == operation) && key.Contains(KeyPart, StringComparison.Ordinal);
}
