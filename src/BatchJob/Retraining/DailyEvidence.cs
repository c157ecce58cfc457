using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob;

/// <summary>Evidence of skill over all series of an interval: for each strategy two e-processes over days, against naive and against
/// online, which go on for as long as there are scores.</summary>
/// <remarks>
/// A function of the scores alone, whatever their order: losses are in units of the scale known at the bar and are summed as whole
/// numbers of 2^-40, differences are means over the series of a UTC day of the targets, and days are bet on in their order. A score that
/// comes for a day that was bet on already makes it bet anew from the first day. Not thread-safe.
/// </remarks>
sealed class DailyEvidence
{
    const long DayUs = 86_400_000_000;
    const double UnitsInOne = 1L << 40;

    /// <summary>A larger loss is taken for this: one of an absurd price doesn't overflow.</summary>
    const double LossMax = 1e9;

    readonly SortedDictionary<string, Bettor> _bettors = new(StringComparer.Ordinal);

    /// <summary>Takes the errors of a forecast.</summary>
    /// <param name="targetEndUs">End of the bar that gave the label, microseconds since 1970 UTC.</param>
    /// <param name="scale">s(t) at the bar that it was made at.</param>
    /// <param name="strategies">Absolute errors in log returns; without those of naive and online it is left out.</param>
    public void Add(long targetEndUs, double scale, IReadOnlyList<StrategyLoss> strategies)
    {
        if (Find(strategies, Strategies.Naive) is not { } naive || Find(strategies, Strategies.Online) is not { } online) return;
        if (!(scale > 0 && double.IsFinite(scale))) return;
        var day = (int)Math.Floor((targetEndUs - 1) / (double)DayUs);
        var (naiveLoss, onlineLoss) = (Units(naive, scale), Units(online, scale));
        foreach (var strategy in strategies)
        {
            var loss = Units(strategy, scale);
            if (!_bettors.TryGetValue(strategy.Strategy, out var bettor)) _bettors[strategy.Strategy] = bettor = new Bettor();
            bettor.Add(day, naiveLoss - loss, onlineLoss - loss);
        }
    }

    /// <summary>What is known by an instant: all days that are over in UTC, one entry a strategy, in ordinal order.</summary>
    public IReadOnlyList<StrategyEvidence> At(long atUs)
    {
        var over = (int)Math.Clamp(Math.Floor(atUs / (double)DayUs) - 1, int.MinValue, int.MaxValue);
        return [.. _bettors.Select(bettor => bettor.Value.At(over, bettor.Key))];
    }

    static StrategyLoss? Find(IReadOnlyList<StrategyLoss> strategies, string name)
    {
        foreach (var strategy in strategies)
        {
            if (strategy.Strategy == name) return strategy;
        }

        return null;
    }

    static Int128 Units(StrategyLoss score, double scale) =>
        (Int128)Math.Round(Math.Min(score.AbsoluteError / scale, LossMax) * UnitsInOne);

    /// <summary>One strategy: its days, and how far they have been bet on.</summary>
    sealed class Bettor
    {
        readonly SortedList<int, Day> _days = [];
        EProcess _naive = new();
        EProcess _online = new();
        int _next;
        long _rows;

        public void Add(int day, Int128 versusNaive, Int128 versusOnline)
        {
            if (_next > 0 && day <= _days.GetKeyAtIndex(_next - 1)) Restart();
            var sums = _days.GetValueOrDefault(day);
            _days[day] = new Day(sums.Rows + 1, sums.VersusNaive + versusNaive, sums.VersusOnline + versusOnline);
        }

        public StrategyEvidence At(int lastDay, string strategy)
        {
            if (_next > 0 && lastDay < _days.GetKeyAtIndex(_next - 1)) Restart();
            for (; _next < _days.Count && _days.GetKeyAtIndex(_next) <= lastDay; _next++)
            {
                var day = _days.GetValueAtIndex(_next);
                _naive.Add((double)day.VersusNaive / UnitsInOne / day.Rows);
                _online.Add((double)day.VersusOnline / UnitsInOne / day.Rows);
                _rows += day.Rows;
            }

            var (isNaive, isOnline) = (strategy == Strategies.Naive, strategy == Strategies.Online);
            return new StrategyEvidence(
                strategy, _next, _rows, isNaive ? null : _naive.Wealth, isNaive ? null : _naive.WealthMax,
                isOnline ? null : _online.Wealth, isOnline ? null : _online.WealthMax);
        }

        void Restart() => (_naive, _online, _next, _rows) = (new EProcess(), new EProcess(), 0, 0);
    }

    readonly record struct Day(int Rows, Int128 VersusNaive, Int128 VersusOnline);
}
