namespace Kafka.Stock.Learning;

/// <summary>Online aggregation of experts under absolute loss: Bernstein online aggregation (Wintenberger 2017) with a rate of its own for
/// each expert, uniform prior.</summary>
/// <remarks>
/// With l(k) = sign(zhat - z) (x(k) - zhat): m = max |l|; E = 2^(ceil(log2 m) + 1); V = sum l^2; eta = min(1/E, sqrt(ln K / V));
/// L = sum (l (1 + eta' l) + E [eta' l > 1/2]) / 2 with eta' the rate before; weights ~ eta exp(-eta L), uniform until every m is above 0.
/// <para>The bound that <see cref="RegretBound"/> gives needs no assumption about the data. P = mean over k of exp(-eta L) starts at 1.
/// A round
/// can't raise it, because exp(-(x + x^2) / 2) is at most 1 - x/2 for x up to 1/2 and the weighted mean of l is 0; what it can gain
/// where x is
/// larger, or before the weights are in force, is added up. A falling rate raises it by at most 1 - eta/eta' (p^a is at most a p + 1 -
/// a). So
/// P is at most 1 + D with D known, hence -L(k) is at most (ln K + ln(1 + D)) / eta(k), and by convexity the regret is at most -sum
/// l(k).</para>
/// No allocation after construction; O(experts) a round.
/// </remarks>
public sealed class BernsteinAggregate
{
    /// <summary>Most experts.</summary>
    public const int ExpertsMax = 64;

    const int Layout = 0x3141_4F42;
    const double LossMin = 1e-100;
    const double ForecastMax = 1e100;

    readonly ExpertState[] _experts;
    readonly double _prior;
    readonly double _logCount;
    double _growth;
    double _sumLoss;

    /// <summary>Makes an aggregate that has learnt nothing.</summary>
    /// <param name="experts">Number of experts, 1 to <see cref="ExpertsMax"/>.</param>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public BernsteinAggregate(int experts)
    {
        if (experts is < 1 or > ExpertsMax)
            throw new ArgumentException($"found {experts} experts; expected 1 to {ExpertsMax}", nameof(experts));
        _experts = new ExpertState[experts];
        _prior = 1.0 / experts;
        _logCount = PortableMath.Log(experts);
        Spread();
    }

    /// <summary>Number of experts.</summary>
    public int Experts => _experts.Length;

    /// <summary>Rounds learnt.</summary>
    public long Rounds { get; private set; }

    /// <summary>Bytes of its saved state: 32 and 56 an expert.</summary>
    public int StateBytes => 2 * sizeof(int) + sizeof(long) + 2 * sizeof(double) + _experts.Length * 7 * sizeof(double);

    /// <summary>Weight of an expert; they are not below 0 and add up to 1.</summary>
    public double Weight(int expert) => _experts[expert].Weight;

    /// <summary>Weighted mean of the experts' forecasts.</summary>
    /// <param name="forecasts">[experts], finite, all in one unit, z for choice.</param>
    public double Forecast(ReadOnlySpan<double> forecasts)
    {
        if (forecasts.Length != _experts.Length) throw new ArgumentException($"expected {_experts.Length} forecasts", nameof(forecasts));
        var sum = 0.0;
        for (var k = 0; k < forecasts.Length; k++) sum = Math.FusedMultiplyAdd(_experts[k].Weight, forecasts[k], sum);
        return sum;
    }

    /// <summary>Takes what came for the forecasts of a round. A round with a number that isn't finite, or a forecast beyond 1e100, is
    /// left out.</summary>
    /// <param name="forecasts">[experts] as they were forecast.</param>
    /// <param name="actual">What came, in the same unit.</param>
    public void Learn(ReadOnlySpan<double> forecasts, double actual)
    {
        var served = Forecast(forecasts);
        if (!double.IsFinite(actual) || !AreUsable(forecasts)) return;
        Rounds++;
        var slope = Math.Sign(served - actual);
        _sumLoss += Math.Abs(served - actual);
        var inForce = AllHaveDiffered();
        for (var k = 0; k < _experts.Length; k++)
        {
            ref var expert = ref _experts[k];
            expert.SumLoss += Math.Abs(forecasts[k] - actual);
            var loss = slope * (forecasts[k] - served);
            if (Math.Abs(loss) >= LossMin) LearnOne(ref expert, loss, inForce);
        }

        if (!inForce) _growth = Math.Max(_growth, Potential() - 1.0);
        Spread();
    }

    /// <summary>Sum of absolute losses of the aggregate so far less that of an expert; below 0 where the aggregate is better.</summary>
    public double Regret(int expert) => _sumLoss - _experts[expert].SumLoss;

    /// <summary>Largest regret against an expert that can be, whatever came; infinity while no bound can be given.</summary>
    public double RegretBound(int expert)
    {
        ref readonly var state = ref _experts[expert];
        if (state.Rate == 0) return Rounds == 0 || state.Range == 0 ? 0.0 : double.PositiveInfinity;
        return 2.0 * (_logCount + PortableMath.Log1p(_growth)) / state.Rate + state.SecondOrder;
    }

    /// <summary>Saves it, bit-exact.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Int32(Layout);
        writer.Int32(_experts.Length);
        writer.Int64(Rounds);
        writer.Double(_growth);
        writer.Double(_sumLoss);
        foreach (ref readonly var expert in _experts.AsSpan())
        {
            writer.Double(expert.Weight);
            writer.Double(expert.Range);
            writer.Double(expert.Variance);
            writer.Double(expert.Rate);
            writer.Double(expert.Loss);
            writer.Double(expert.SumLoss);
            writer.Double(expert.SecondOrder);
        }
    }

    /// <summary>Restores what <see cref="Write"/> saved of an aggregate of as many experts.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated, of another layout or of another number of experts.</exception>
    public void Read(ref StateReader reader)
    {
        reader.Expect(Layout, "aggregate");
        reader.Expect(_experts.Length, "experts");
        Rounds = reader.Int64();
        _growth = reader.Double();
        _sumLoss = reader.Double();
        foreach (ref var expert in _experts.AsSpan())
        {
            expert.Weight = reader.Double();
            expert.Range = reader.Double();
            expert.Variance = reader.Double();
            expert.Rate = reader.Double();
            expert.Loss = reader.Double();
            expert.SumLoss = reader.Double();
            expert.SecondOrder = reader.Double();
        }
    }

    static bool AreUsable(ReadOnlySpan<double> forecasts)
    {
        foreach (var forecast in forecasts)
        {
            if (!(Math.Abs(forecast) <= ForecastMax)) return false;
        }

        return true;
    }

    void LearnOne(ref ExpertState expert, double loss, bool inForce)
    {
        var before = expert.Rate;
        expert.Range = Math.Max(expert.Range, Math.Abs(loss));
        expert.Variance += loss * loss;
        var range = TwicePowerOfTwoAbove(expert.Range);
        var x = before * loss;
        var surplus = x > 0.5 ? range : 0.0;
        if (inForce) _growth += _prior * RoundGrowth(x, before * surplus) * PortableMath.Exp(-before * expert.Loss);
        expert.Loss += 0.5 * (loss * (1.0 + x) + surplus);
        expert.SecondOrder += x * loss + surplus;
        expert.Rate = Math.Min(1.0 / range, Math.Sqrt(_logCount / expert.Variance));
        if (inForce) _growth += _prior * (1.0 - expert.Rate / before);
    }

    /// <summary>What a round can add to an expert's share of the potential: 0 but for losses far beyond all before.</summary>
    static double RoundGrowth(double x, double surplus) =>
        x > 0.5 ? Math.Max(PortableMath.Exp(-0.5 * (x + x * x + surplus)) - (1.0 - 0.5 * x), 0.0) : 0.0;

    double Potential()
    {
        var sum = 0.0;
        foreach (ref readonly var expert in _experts.AsSpan()) sum += _prior * PortableMath.Exp(-expert.Rate * expert.Loss);
        return sum;
    }

    bool AllHaveDiffered()
    {
        foreach (ref readonly var expert in _experts.AsSpan())
        {
            if (!(expert.Range > 0)) return false;
        }

        return true;
    }

    /// <summary>Weights anew: prior times eta times exp(-eta L), the largest exponent taken out first.</summary>
    void Spread()
    {
        var inForce = _experts.Length > 1 && AllHaveDiffered();
        var top = double.NegativeInfinity;
        foreach (ref readonly var expert in _experts.AsSpan()) top = Math.Max(top, -expert.Rate * expert.Loss);
        var sum = 0.0;
        foreach (ref var expert in _experts.AsSpan())
        {
            expert.Weight = inForce ? expert.Rate * PortableMath.Exp(-expert.Rate * expert.Loss - top) : _prior;
            sum += expert.Weight;
        }

        foreach (ref var expert in _experts.AsSpan()) expert.Weight /= sum;
    }

    /// <summary>2^(ceil(log2 x) + 1), exact.</summary>
    static double TwicePowerOfTwoAbove(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var power = BitConverter.Int64BitsToDouble(bits & 0x7FF0_0000_0000_0000);
        return power == x ? 2.0 * power : 4.0 * power;
    }

    struct ExpertState
    {
        public double Weight;
        public double Range;
        public double Variance;
        public double Rate;
        public double Loss;
        public double SumLoss;
        public double SecondOrder;
    }
}
