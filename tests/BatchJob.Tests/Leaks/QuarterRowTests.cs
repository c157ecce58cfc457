using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob.Tests.Leaks;

public sealed class QuarterRowTests
{
    /// <summary>Two series side by side, the log close of a row its place in its series over a hundred.</summary>
    [Fact]
    public void A_row_lies_off_the_mean_of_its_whole_quarter_and_off_that_of_the_rows_up_to_it()
    {
        var rows = Enumerable.Range(0, 140).SelectMany(i => new[] { Row(0, i, target: i), Row(1, i, target: -i) });
        var quarters = QuarterRow.Of(rows);
        Assert.Equal(2 * 2 * 63, quarters.Count);
        for (var i = 0; i < 126; i++)
        {
            var within = i % 63;
            Assert.Equal((within - 31) / 2.0, quarters[i].ToMeanOfAll, 1e-9);
            Assert.Equal(within / 2.0 / 2.0, quarters[i].ToMeanSoFar, 1e-9);
            Assert.Equal((i, -i), (quarters[i].Target, quarters[126 + i].Target));
        }
    }

    static LeakRow Row(int series, int place, double target) =>
        new(series, [], 0, target, 0.02, PortableMath.Exp(place / 100.0), 0, 0, 0, 0);
}
