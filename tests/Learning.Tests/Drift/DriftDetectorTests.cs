using System.Globalization;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Stream and positions come from River's docstrings; <c>make_drift_stream.py</c> beside the file writes the stream
/// again.</summary>
public sealed class DriftDetectorTests
{
    public static TheoryData<string> Names => ["adwin", "page-hinkley"];

    [Theory]
    [InlineData("adwin", 1023)]
    [InlineData("page-hinkley", 1006)]
    public void Alarms_are_where_River_has_them_and_nowhere_else(string name, int expected)
    {
        var detector = Create(name);
        var stream = GoldenFile.Rows("drift-river-12345.csv").Select(row => double.Parse(row[0], CultureInfo.InvariantCulture));
        var answers = stream.Select((value, index) => (index, Alarm: detector.Update(value)));
        int[] alarms = [.. answers.Where(item => item.Alarm).Select(item => item.index)];
        Assert.Equal([expected], alarms);
        Assert.Equal(2000, detector.Count);
        Assert.Equal(0.5, detector.Before, 0.1);
        Assert.True(detector.After > 2, $"after {detector.After}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_steady_stream_raises_hardly_any_alarm(string name)
    {
        var alarms = 0;
        for (var seed = 0UL; seed < 10; seed++)
        {
            var detector = Create(name);
            var random = new KeyedRandom(seed, 1, 2);
            for (var i = 0u; i < 2000; i++) alarms += detector.Update(random.Uniform(i)) ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changes_in_either_direction_are_found(string name)
    {
        foreach (var change in new[] { 3.0, -3.0 })
        {
            var detector = Create(name);
            var found = -1;
            for (var i = 0u; i < 2000 && found < 0; i++)
            {
                if (detector.Update((i < 1000 ? 0 : change) + new KeyedRandom(9, 1, 2).Uniform(i))) found = (int)i;
            }

            Assert.InRange(found, 1000, 1100);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_that_are_not_finite_are_left_out_and_huge_ones_do_no_harm(string name)
    {
        var detector = Create(name);
        Assert.False(detector.Update(double.NaN));
        Assert.False(detector.Update(double.PositiveInfinity));
        Assert.Equal(0, detector.Count);
        for (var i = 0; i < 500; i++) detector.Update(i % 50 == 0 ? 1e6 : 0);
        Assert.True(double.IsFinite(detector.Before) && double.IsFinite(detector.After));
    }

    [Fact]
    public void Adwin_keeps_the_mean_of_its_window()
    {
        var detector = new Adwin();
        var values = new List<double>();
        for (var i = 0u; i < 5000; i++)
        {
            values.Add(new KeyedRandom(4, 1, 2).Uniform(i) + (i > 3000 ? 2 : 0));
            detector.Update(values[^1]);
            Assert.Equal(values.TakeLast((int)detector.Width).Average(), detector.Mean, 1e-9);
        }

        Assert.InRange(detector.Width, 1500, 2100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_allocates_nothing(string name)
    {
        var detector = Create(name);
        for (var i = 0; i < 500; i++) detector.Update(i % 7);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++) detector.Update(i < 1000 ? i % 7 : 30);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static IDriftDetector Create(string name) => name == "adwin" ? new Adwin() : new PageHinkley();
}
