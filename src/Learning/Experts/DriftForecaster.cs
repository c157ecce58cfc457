namespace Kafka.Stock.Learning;

/// <summary>The drift strategy: sum of z / (n + 1000), a mean that a thousand rows of nothing hold near 0.</summary>
public sealed class DriftForecaster
{
    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = sizeof(int) + sizeof(double) + sizeof(long);

    const int Layout = 0x3146_5244;
    const double PriorRows = 1000.0;
    const double TargetMax = 5.0;

    double _sum;

    /// <summary>Targets that it has taken.</summary>
    public long Count { get; private set; }

    /// <summary>Its forecast in z units.</summary>
    public double Value => _sum / (Count + PriorRows);

    /// <summary>Takes a target in z units, clipped to +-5; NaN is left out.</summary>
    public void Add(double z)
    {
        if (double.IsNaN(z)) return;
        _sum += Math.Clamp(z, -TargetMax, TargetMax);
        Count++;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Double(_sum);
        writer.Int64(Count);
    }

    /// <summary>Restores what <see cref="Write"/> saved.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated or of another layout.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "drift forecaster");
        _sum = reader.Double();
        Count = reader.Int64();
    }
}
