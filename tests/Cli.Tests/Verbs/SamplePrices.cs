using System.Globalization;
using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Cli.Tests;

/// <summary>Files of made-up daily prices as a user has them.</summary>
static class SamplePrices
{
    public const string Header = "dt,open,high,low,close,volume\n";

    /// <summary>Writes <c>SYMBOL.csv</c> of a random walk from 2010-01-04 on.</summary>
    /// <param name="scratch">Where.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="count">Bars.</param>
    /// <param name="skip">Bars of the walk before the first that is written.</param>
    public static void Write(this Scratch scratch, string symbol, int count, int skip = 0) =>
        scratch.Write(symbol + ".csv", Header + string.Concat(Walk(symbol, skip + count).Skip(skip)));

    /// <summary>The lines of a random walk.</summary>
    public static IEnumerable<string> Walk(string symbol, int count) =>
        SampleBars.RandomWalk(seed: 1, count, symbol).Select(bar => Line(bar));

    /// <summary>The lines of a price that stands still.</summary>
    public static string Still(int count) =>
        Header + string.Concat(SampleBars.RandomWalk(seed: 1, count).Select(bar => Line(bar with
        {
            Open = bar.Close with { Micros = 50_000_000 },
            High = bar.Close with { Micros = 50_000_000 },
            Low = bar.Close with { Micros = 50_000_000 },
            Close = bar.Close with { Micros = 50_000_000 },
        })));

    static string Line(SourceBar bar)
    {
        var text = new StringBuilder(DateTime.UnixEpoch.AddMicroseconds(bar.EndUs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var price in (Price[])[bar.Open, bar.High, bar.Low, bar.Close])
            text.Append(',').Append(price.ToDouble().ToString("R", CultureInfo.InvariantCulture));
        return text.Append(',').Append(bar.Volume).Append('\n').ToString();
    }
}
