using FsCheck;
using FsCheck.Fluent;

namespace Kafka.Stock.Learning.Tests;

public sealed class LinearForecasterTests
{
    [Fact]
    public void It_is_the_ridge_solution_of_all_rows_so_far()
    {
        // One input: b = sum x z / (1 / prior + sum x^2).
        var linear = new LinearForecaster(1, 0.001);
        var random = new KeyedRandom(1, 2, 3);
        var (products, squares) = (0.0, 0.0);
        for (uint i = 0; i < 2_000; i++)
        {
            var x = (float)((4 * random.Uniform(2 * i)) - 2);
            var z = (0.3 * x) + random.Uniform((2 * i) + 1) - 0.5;
            linear.Learn([x], z);
            products += x * z;
            squares += (double)x * x;
            Assert.Equal(products / (1_000 + squares), linear.Coefficients[0], 1e-9);
        }

        Assert.Equal(linear.Coefficients[0] * 0.5, linear.Predict([0.5f]), 12);
        Assert.InRange(linear.Coefficients[0], 0.15, 0.3);
    }

    [Fact]
    public void Before_the_first_row_it_says_no_change() => Assert.Equal(0.0, new LinearForecaster(3, 1).Predict([1, -2, 3]));

    [Fact]
    public void Two_inputs_that_depend_on_each_other_share_what_there_is()
    {
        var linear = new LinearForecaster(2, 1);
        for (var i = 0; i < 500; i++)
        {
            var x = (i % 7) - 3f;
            linear.Learn([x, x], 0.2 * x);
        }

        Assert.Equal(linear.Coefficients[0], linear.Coefficients[1], 9);
        Assert.Equal(0.2, linear.Coefficients[0] + linear.Coefficients[1], 3);
    }

    [Theory, InlineData(float.NaN, 1), InlineData(float.PositiveInfinity, 1), InlineData(1, double.NaN)]
    public void What_is_not_finite_is_left_out(float input, double z)
    {
        var (one, other) = (new LinearForecaster(2, 0.01), new LinearForecaster(2, 0.01));
        one.Learn([1, 2], 0.5);
        other.Learn([1, 2], 0.5);
        other.Learn([1, input], z);
        if (float.IsFinite(input)) other.Learn([1, float.NaN], 0.5);
        Assert.Equal(one.Coefficients.ToArray(), other.Coefficients.ToArray());
    }

    [Fact]
    public void A_target_beyond_five_counts_as_five()
    {
        var (one, other) = (new LinearForecaster(1, 0.5), new LinearForecaster(1, 0.5));
        one.Learn([1], 5);
        other.Learn([1], 1e6);
        Assert.Equal(one.Coefficients[0], other.Coefficients[0]);
    }

    [Fact]
    public void Saved_and_restored_anywhere_it_goes_on_to_the_same_bits()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<byte>(), (cut, more) =>
        {
            var whole = new LinearForecaster(3, 0.01);
            Feed(whole, 0, cut);
            var bytes = new byte[whole.StateBytes];
            var writer = new StateWriter(bytes);
            whole.Write(ref writer);
            var restored = new LinearForecaster(3, 0.01);
            var reader = new StateReader(bytes);
            restored.Read(ref reader);
            Feed(whole, cut, more);
            Feed(restored, cut, more);
            return writer.Position == bytes.Length && whole.Coefficients.SequenceEqual(restored.Coefficients);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_state_of_another_width_is_refused()
    {
        var linear = new LinearForecaster(2, 1);
        var bytes = new byte[linear.StateBytes];
        var writer = new StateWriter(bytes);
        linear.Write(ref writer);
        Assert.Throws<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            new LinearForecaster(3, 1).Read(ref reader);
        });
    }

    [Theory, InlineData(0, 1), InlineData(257, 1), InlineData(1, 0), InlineData(1, double.PositiveInfinity)]
    public void Numbers_out_of_range_are_refused(int inputs, double prior) =>
        Assert.Throws<ArgumentException>(() => new LinearForecaster(inputs, prior));

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LinearForecaster(2, 1).Predict([1]));
        Assert.Throws<ArgumentException>(() => new LinearForecaster(2, 1).Learn([1, 2, 3], 0));
    }

    static void Feed(LinearForecaster linear, int from, int count)
    {
        var random = new KeyedRandom(5, 6, 7);
        for (var i = (uint)from; i < from + count; i++)
        {
            var (a, b) = ((float)random.Uniform(3 * i), (float)random.Uniform((3 * i) + 1));
            linear.Learn([a, b, a * b], random.Uniform((3 * i) + 2) - 0.5);
        }
    }
}
