namespace Kafka.Stock.BatchJob;

/// <summary>How far a simulation is.</summary>
/// <param name="EventTimeUs">Event time reached, microseconds since 1970 UTC.</param>
/// <param name="Records">Market records taken.</param>
/// <param name="Decisions">Retrains decided.</param>
/// <param name="Promoted">Decisions that promoted.</param>
public readonly record struct SimulationProgress(long EventTimeUs, long Records, int Decisions, int Promoted);
