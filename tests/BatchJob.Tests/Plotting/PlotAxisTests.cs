using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.BatchJob.Tests.Plotting;

public sealed class PlotAxisTests
{
    [Fact]
    public void Ticks_are_round_and_within_the_axis()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<PositiveInt>(),
            (from, width) =>
            {
                if (Math.Abs(from.Get) > 1e6) return;
                var scale = new PlotScale(from.Get, from.Get + (0.01 * width.Get), 0, 100);
                var ticks = scale.Ticks();
                Assert.InRange(ticks.Count, 2, 11);
                Assert.All(ticks, tick => Assert.InRange(scale.At(tick), -1e-6, 100 + 1e-6));
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.98, 1.02, new[] { 0.98, 0.99, 1, 1.01, 1.02 })]
    [InlineData(400, 700, new[] { 400.0, 450, 500, 550, 600, 650, 700 })]
    public void Ticks_of_an_axis(double min, double max, double[] expected)
    {
        var ticks = new PlotScale(min - 1e-9, max + 1e-9, 0, 1).Ticks();
        Assert.Equal(expected, ticks.Select(tick => Math.Round(tick, 9)));
    }

    [Fact]
    public void An_axis_around_nothing_or_one_value_has_a_width()
    {
        Assert.Equal((0, 1), (PlotScale.Around([double.NaN], 0, 1).Min, PlotScale.Around([], 0, 1).Max));
        var one = PlotScale.Around([5, 5, double.PositiveInfinity], 0, 1);
        Assert.True(one.Min < 5 && one.Max > 5);
    }

    [Theory]
    [InlineData("2019-10-30T13:30:00Z", "2019-10-30T20:00:00Z", "14:00", 7)]
    [InlineData("2013-10-07T08:00:00Z", "2013-10-11T20:00:00Z", "8 Oct", 4)]
    [InlineData("2012-03-01T00:00:00Z", "2013-03-01T00:00:00Z", "Apr 2012", 4)]
    [InlineData("2000-03-01T00:00:00Z", "2013-03-01T00:00:00Z", "2002", 6)]
    public void Times_are_named_in_the_unit_that_fits(string from, string to, string first, int count)
    {
        var ticks = TimeTicks.Between(Us(from), Us(to));
        Assert.Contains(first, ticks.Select(tick => tick.Label));
        Assert.InRange(ticks.Count, count, 11);
        Assert.All(ticks, tick => Assert.InRange(tick.TimeUs, Us(from), Us(to)));
        Assert.Equal(ticks.Select(tick => tick.TimeUs).Order(), ticks.Select(tick => tick.TimeUs));
    }

    [Fact]
    public void A_line_is_broken_where_there_is_no_number()
    {
        var html = new SvgPlot("title", 0, 3, [0, 1], "0.0").Line("c0", "a & b", [0, 1, 2, 3], [0, double.NaN, 1, 0]).ToHtml();
        var path = html.Split(" d=\"")[1].Split('"')[0];
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Equal(1, path.Count(c => c == 'L'));
        Assert.Contains("a &amp; b", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_has_a_hole_where_a_bound_is_missing()
    {
        var html = new SvgPlot("title", 0, 4, [0, 2], "0.0")
            .Band("c0", "band", [0, 1, 2, 3, 4], [0, 0, double.NaN, 0, 0], [1, 1, 1, 1, 1]).ToHtml();
        Assert.Equal(2, html.Split(" d=\"")[1].Split('"')[0].Count(c => c == 'Z'));
    }

    static double Us(string time) =>
        (DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal)
            - DateTime.UnixEpoch).TotalMicroseconds;
}
