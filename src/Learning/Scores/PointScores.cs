namespace Kafka.Stock.Learning;

/// <summary>How the point forecasts of one strategy did so far, in log returns; each was made before its label was known.</summary>
/// <remarks>Only sums, so that series can be pooled by <see cref="Add(PointScores)"/>. No allocation.</remarks>
public sealed class PointScores
{
    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = sizeof(int) + 3 * sizeof(long) + 4 * sizeof(double);

    const int Layout = 0x3153_5450;

    /// <summary>Forecasts scored.</summary>
    public long Count { get; private set; }

    /// <summary>Sum |actual - predicted|.</summary>
    public double SumAbsoluteError { get; private set; }

    /// <summary>Sum |actual|: the error of the naive forecast.</summary>
    public double SumAbsoluteReturn { get; private set; }

    /// <summary>Sum (actual - predicted)^2.</summary>
    public double SumSquaredError { get; private set; }

    /// <summary>Sum actual^2.</summary>
    public double SumSquaredReturn { get; private set; }

    /// <summary>Forecasts with the sign of what came.</summary>
    public long DirectionHits { get; private set; }

    /// <summary>Forecasts where both the forecast and what came had a sign.</summary>
    public long DirectionCount { get; private set; }

    /// <summary>Mean absolute error; null before the first score.</summary>
    public double? Mae => Ratio(SumAbsoluteError, Count);

    /// <summary>Root of the mean squared error; null before the first score.</summary>
    public double? Rmse => Count > 0 ? Math.Sqrt(SumSquaredError / Count) : null;

    /// <summary>Sum |error| over sum |actual|: 1 is as good as naive; null while nothing has moved.</summary>
    public double? Mase => Ratio(SumAbsoluteError, SumAbsoluteReturn);

    /// <summary>1 - sum error^2 / sum actual^2: against the forecast of no change; null while nothing has moved.</summary>
    public double? RSquared => SumSquaredReturn > 0 ? 1.0 - SumSquaredError / SumSquaredReturn : null;

    /// <summary>Share of directions that were right; null where there were none.</summary>
    public double? DirectionalAccuracy => Ratio(DirectionHits, DirectionCount);

    /// <summary>Takes one forecast and what came, in log returns; what isn't finite is left out.</summary>
    public void Add(double predicted, double actual)
    {
        var error = actual - predicted;
        if (!double.IsFinite(error)) return;
        Count++;
        SumAbsoluteError += Math.Abs(error);
        SumAbsoluteReturn += Math.Abs(actual);
        SumSquaredError += error * error;
        SumSquaredReturn += actual * actual;
        if (predicted == 0 || actual == 0) return;
        DirectionCount++;
        if (predicted > 0 == actual > 0) DirectionHits++;
    }

    /// <summary>Pools another series' scores of the same interval into these.</summary>
    public void Add(PointScores other)
    {
        Count += other.Count;
        SumAbsoluteError += other.SumAbsoluteError;
        SumAbsoluteReturn += other.SumAbsoluteReturn;
        SumSquaredError += other.SumSquaredError;
        SumSquaredReturn += other.SumSquaredReturn;
        DirectionHits += other.DirectionHits;
        DirectionCount += other.DirectionCount;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Count);
        writer.Int64(DirectionHits);
        writer.Int64(DirectionCount);
        writer.Double(SumAbsoluteError);
        writer.Double(SumAbsoluteReturn);
        writer.Double(SumSquaredError);
        writer.Double(SumSquaredReturn);
    }

    /// <summary>Restores what <see cref="Write"/> saved.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated or of another layout.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "point scores");
        Count = reader.Int64();
        DirectionHits = reader.Int64();
        DirectionCount = reader.Int64();
        SumAbsoluteError = reader.Double();
        SumAbsoluteReturn = reader.Double();
        SumSquaredError = reader.Double();
        SumSquaredReturn = reader.Double();
    }

    static double? Ratio(double sum, double by) => by > 0 ? sum / by : null;
}
