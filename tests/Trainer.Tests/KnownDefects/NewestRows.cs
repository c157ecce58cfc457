using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>Rows as the Topology hands them on: each once, when its label has come.</summary>
static class NewestRows
{
    /// <summary>Prior of least squares that believes what it sees.</summary>
    public const double LoosePrior = 1;

    public static IEnumerable<LabelledRow> Of(IEnumerable<SourceBar> bars, TopologyOptions? options = null) =>
        Batches(bars, options).Where(batch => batch.Rows.Count > 0).Select(batch => batch.Rows[^1]);

    public static IReadOnlyList<MicroBatch> Batches(IEnumerable<SourceBar> bars, TopologyOptions? options = null)
    {
        var log = new RecordedLog();
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(options ?? new TopologyOptions()));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, log.Output));
        foreach (var bar in bars) market.Publish(StockTopics.Market, bar.Symbol, bar);
        return log.Of<MicroBatch>();
    }

    /// <summary>Pearson's; 0 where one of them doesn't vary.</summary>
    public static double Correlation(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    /// <summary>1 - sum of |error| over that of no change: above 0 where forecasts beat it.</summary>
    public static double Skill(IEnumerable<(double Predicted, double Actual)> forecasts)
    {
        var (errors, moves) = (0.0, 0.0);
        foreach (var (predicted, actual) in forecasts)
            (errors, moves) = (errors + Math.Abs(actual - predicted), moves + Math.Abs(actual));
        return 1 - (errors / moves);
    }
}
