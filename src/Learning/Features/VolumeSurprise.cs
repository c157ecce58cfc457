namespace Kafka.Stock.Learning;

/// <summary>ln(1 + volume) less its exponential mean with decay .95.</summary>
sealed class VolumeSurprise : IFeature
{
    const double Decay = 0.95;

    public string Name => "volume_surprise";

    public int MemoryDoubles => 2;

    public void Update(BarHistory history, Span<double> memory)
    {
        memory[0] = Decay * memory[0] + (1.0 - Decay) * history.LogVolume;
        memory[1] = Decay * memory[1] + (1.0 - Decay);
    }

    public double Value(BarHistory history, ReadOnlySpan<double> memory) => memory[1] > 0 ? history.LogVolume - memory[0] / memory[1] : 0.0;

    public void Rescale(double priceFactor, double volumeFactor, Span<double> memory) =>
        memory[0] += memory[1] * PortableMath.Log(volumeFactor);
}
