namespace Kafka.Stock.Topology;

/// <summary>What a forecast is about.</summary>
public enum TargetKind
{
    /// <summary>The close of the next bar of the series.</summary>
    NextBar,

    /// <summary>The close of the next session: one label a session, the forecast refreshed after each intraday bar.</summary>
    NextSessionClose,
}
