namespace Kafka.Stock.Lakehouse;

/// <summary>How far an application has come, committed together with the rows that it wrote: the protocol's <c>txn</c>.</summary>
/// <param name="AppId">Whose progress, such as <c>lake/bronze.market/stock.market.v1/3</c>.</param>
/// <param name="Version">Rises with the progress, such as the last offset that is in the table.</param>
/// <param name="UpdatedMs">When it was set, ms since 1970 UTC; null where the log doesn't say.</param>
public sealed record AppTransaction(string AppId, long Version, long? UpdatedMs = null) : LogAction;
