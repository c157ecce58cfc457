namespace Kafka.Stock.BatchJob;

/// <summary>Takes the rows that a <see cref="MedallionFold"/> makes: into a table of DuckDB, or a list for tests.</summary>
interface ILayerSink
{
    /// <summary>Takes a row of silver.</summary>
    void Add(in BarRow row);

    /// <summary>Takes a row of gold.</summary>
    void Add(FeatureRow row);
}
