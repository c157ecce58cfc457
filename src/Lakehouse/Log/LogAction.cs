namespace Kafka.Stock.Lakehouse;

/// <summary>One thing that a commit does to a table. Actions of kinds that aren't known here are passed over, as the protocol
/// asks.</summary>
public abstract record LogAction;
