using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Real bars turned into a walk without direction: the moves of a day change sign, or don't, for all series together.</summary>
/// <remarks>A flipped bar is the mirror of the real one in log prices, night, high and low included: volatility, ranges and what the
/// series of a day have in common stay; whatever says where prices go is gone. A planted memory comes back as a part of each move:
/// m(t) = +-r(t) + memory x m(t-1), added to the night, so that ranges stay. A planted reversion comes in the same way:
/// m(t) = +-r(t) - pull x the log distance of the last close from the mean of the last 30.</remarks>
public static class FlippedBars
{
    const int MeanBars = 30;

    /// <summary>The bars as flipped by a seed.</summary>
    /// <param name="bars">In the order of event time; series side by side.</param>
    /// <param name="seed">Of the signs.</param>
    /// <param name="memory">Share of a move that the next one repeats; 0 for a walk.</param>
    /// <param name="calendar">What days go by.</param>
    /// <param name="pull">Share of the distance from the mean of 30 closes that the next move takes back; 0 for none.</param>
    public static IReadOnlyList<SourceBar> Of(
        IEnumerable<SourceBar> bars, ulong seed, double memory, ITradingCalendar calendar, double pull = 0)
    {
        List<SourceBar> flipped = [];
        var series = new Dictionary<SeriesId, Path>();
        foreach (var bar in bars)
        {
            var id = new SeriesId(bar.Symbol, bar.Interval, bar.Source);
            if (!series.TryGetValue(id, out var path)) series[id] = path = new Path();
            var day = calendar.TradingDay(bar.EndUs - 1);
            var random = new KeyedRandom(seed, Fnv1a.Hash("flip"), (ulong)day.DayNumber);
            flipped.Add(path.Next(bar, random.Uniform(0) < 0.5 ? -1 : 1, memory, pull));
        }

        return flipped;
    }

    /// <summary>Real and made-up log closes of one series.</summary>
    sealed class Path
    {
        readonly Queue<double> _closes = [];
        double _real = double.NaN;
        double _made;
        double _move;

        public SourceBar Next(in SourceBar bar, int sign, double memory, double pull)
        {
            var (open, high, low, close) = (Log(bar.Open), Log(bar.High), Log(bar.Low), Log(bar.Close));
            if (double.IsNaN(_real))
            {
                (_real, _made) = (close, close);
                Remember();
                return bar;
            }

            var start = _made + (memory * _move) - (pull == 0 ? 0 : pull * (_made - PortableMath.Log(_closes.Average())));
            var made = bar with
            {
                Open = Price(start + (sign * (open - _real)), bar),
                High = Price(start + (sign * ((sign > 0 ? high : low) - _real)), bar),
                Low = Price(start + (sign * ((sign > 0 ? low : high) - _real)), bar),
                Close = Price(start + (sign * (close - _real)), bar),
            };
            var next = start + (sign * (close - _real));
            (_move, _made, _real) = (next - _made, next, close);
            Remember();
            return made;
        }

        void Remember()
        {
            _closes.Enqueue(PortableMath.Exp(_made));
            if (_closes.Count > MeanBars) _closes.Dequeue();
        }

        static double Log(Price price) => PortableMath.Log(price.ToDouble());

        static Price Price(double log, in SourceBar bar)
        {
            var micros = Math.Round(PortableMath.Exp(log) * Contracts.Price.Unit);
            return micros is >= 1 and < Contracts.Price.Limit
                ? new Price((long)micros)
                : throw new BrokenInputException(
                    $"{bar.Symbol}/{bar.Interval}/{bar.Source}",
                    string.Create(CultureInfo.InvariantCulture, $"a made-up price of {micros} millionths"),
                        "prices that stay within 18 digits");
        }
    }
}
