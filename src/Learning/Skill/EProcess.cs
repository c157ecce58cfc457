namespace Kafka.Stock.Learning;

/// <summary>Evidence that one strategy is better than another, valid whenever one looks: the wealth of a bettor who starts with 1 and can't
/// win on average where there is no skill, so that it passes 20 with a probability of at most 1/20 (Ville 1939; Ramdas et al.
/// 2023).</summary>
/// <remarks>After 20 days: sd = root of the mean square of past differences, u = clip(d / (6 sd), +-1), stake b = clip(6 mean / sd, 0, 1/2)
/// from past days only, wealth times 1 + b u. No allocation.</remarks>
public sealed class EProcess
{
    /// <summary>Wealth from which on a strategy counts as better, at an error of 5 %.</summary>
    public const double Threshold = 20.0;

    /// <summary>Bytes of its saved state.</summary>
    public const int StateBytes = sizeof(int) + sizeof(long) + 4 * sizeof(double);

    const int Layout = 0x3150_5245;
    const int DaysMin = 20;
    const double Range = 6.0;
    const double StakeMax = 0.5;
    const double LogWealthMax = 700.0;

    double _sum;
    double _sumSquares;
    double _logWealth;

    /// <summary>Days seen.</summary>
    public long Count { get; private set; }

    /// <summary>Wealth now: evidence against "no better"; finite and above 0.</summary>
    public double Wealth => PortableMath.Exp(_logWealth);

    /// <summary>Largest wealth so far, at least 1.</summary>
    public double WealthMax { get; private set; } = 1.0;

    /// <summary>Takes a day.</summary>
    /// <param name="difference">Loss of the other less loss of the strategy, above 0 where the strategy was better; not finite: left
    /// out.</param>
    public void Add(double difference)
    {
        if (!double.IsFinite(difference)) return;
        if (Count >= DaysMin && _sumSquares > 0 && double.IsFinite(_sumSquares))
        {
            var deviation = Math.Sqrt(_sumSquares / Count);
            var gain = Math.Clamp(difference / (Range * deviation), -1.0, 1.0);
            var stake = Math.Clamp(Range * (_sum / Count) / deviation, 0.0, StakeMax);
            _logWealth = Math.Clamp(_logWealth + PortableMath.Log(1.0 + stake * gain), -LogWealthMax, LogWealthMax);
            WealthMax = Math.Max(WealthMax, Wealth);
        }

        Count++;
        _sum += difference;
        _sumSquares += difference * difference;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int64(Count);
        writer.Double(_sum);
        writer.Double(_sumSquares);
        writer.Double(_logWealth);
        writer.Double(WealthMax);
    }

    /// <summary>Restores what <see cref="Write"/> saved.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated or of another layout.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "e-process");
        Count = reader.Int64();
        _sum = reader.Double();
        _sumSquares = reader.Double();
        _logWealth = reader.Double();
        WealthMax = reader.Double();
    }
}
