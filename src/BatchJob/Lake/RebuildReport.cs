namespace Kafka.Stock.BatchJob;

/// <summary>What a rebuild did.</summary>
/// <param name="IsFull">From the first record on.</param>
/// <param name="Records">Market records folded.</param>
/// <param name="Refused">Of these, refused by the Topology, as on the stream.</param>
/// <param name="Payloads">Payloads read.</param>
/// <param name="UnreadPayloads">Payloads of another form, or with a defect.</param>
/// <param name="BarsVersion">Version of silver/bars after it.</param>
/// <param name="FeaturesVersion">Version of gold/features after it.</param>
/// <param name="BarRows">Rows of silver/bars after it.</param>
/// <param name="FeatureRows">Rows of gold/features after it.</param>
public sealed record RebuildReport(
    bool IsFull, long Records, long Refused, long Payloads, long UnreadPayloads, long BarsVersion, long FeaturesVersion, long BarRows,
    long FeatureRows);
