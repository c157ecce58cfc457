using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A forecast that waits for its label: just what scoring it needs.</summary>
sealed class PendingForecast(int strategies, int levels)
{
    /// <summary>End of the bar that it was made at.</summary>
    public long MadeAtUs { get; set; }

    public long TargetTimeUs { get; set; }

    public double LastClose { get; set; }

    public double Scale { get; set; }

    /// <summary>What the autoregression was given.</summary>
    public float LastReturn { get; set; }

    /// <summary>[experts] what each expert said, in units of s(t): what the aggregate learns from.</summary>
    public double[] Expertise { get; } = new double[Strategies.Experts.Count];

    /// <summary>[strategies] log returns.</summary>
    public double[] PredictedReturns { get; } = new double[strategies];

    /// <summary>[strategies x levels] as published.</summary>
    public ForecastInterval[] Intervals { get; } = new ForecastInterval[strategies * levels];

    public int StateBytes => 36 + (8 * (Expertise.Length + PredictedReturns.Length)) + (27 * Intervals.Length);

    public void Write(ref StateWriter writer)
    {
        writer.Int64(MadeAtUs);
        writer.Int64(TargetTimeUs);
        writer.Double(LastClose);
        writer.Double(Scale);
        writer.Single(LastReturn);
        writer.Doubles(Expertise);
        writer.Doubles(PredictedReturns);
        foreach (var interval in Intervals)
        {
            writer.Double(interval.Level);
            Write(ref writer, interval.Lower);
            Write(ref writer, interval.Upper);
            writer.Byte((byte)interval.Kind);
        }
    }

    public void Read(ref StateReader reader)
    {
        MadeAtUs = reader.Int64();
        TargetTimeUs = reader.Int64();
        LastClose = reader.Double();
        Scale = reader.Double();
        LastReturn = reader.Single();
        reader.Doubles(Expertise);
        reader.Doubles(PredictedReturns);
        for (var i = 0; i < Intervals.Length; i++)
            Intervals[i] = new ForecastInterval(reader.Double(), ReadBound(ref reader), ReadBound(ref reader), (IntervalKind)reader.Byte());
    }

    static void Write(ref StateWriter writer, double? bound)
    {
        writer.Boolean(bound.HasValue);
        writer.Double(bound ?? 0);
    }

    static double? ReadBound(ref StateReader reader)
    {
        var present = reader.Boolean();
        var value = reader.Double();
        return present ? value : null;
    }
}
