namespace Kafka.Stock.Learning;

/// <summary>Log distance of the close from the mean of the last 30 closes, over three scales.</summary>
sealed class CloseToMean : IFeature
{
    public string Name => "close_to_mean_30";

    public double Value(BarHistory history, ReadOnlySpan<double> memory) =>
        PortableMath.Log(history.LastClose / history.MeanClose()) / (3.0 * history.Scale);
}
