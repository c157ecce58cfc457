namespace Kafka.Stock.Learning.Tests;

/// <summary>What every saved state owes: save at any step, restore, go on, and every bit is as if nothing had happened.</summary>
public abstract class SavedStateContract
{
    protected abstract SavedState New();

    /// <summary>Enough to pass every threshold of the class.</summary>
    protected virtual int Steps => 60;

    /// <summary>Bytes that the documentation states.</summary>
    protected abstract int StatedBytes { get; }

    [Fact]
    public void A_restore_at_any_step_changes_no_bit_of_what_follows()
    {
        var whole = New();
        for (var step = 0; step < Steps; step++) whole.Step(step);
        var expected = whole.Save();
        for (var cut = 0; cut <= Steps; cut += Math.Max(1, Steps / 30))
        {
            var first = New();
            for (var step = 0; step < cut; step++) first.Step(step);
            var second = New();
            for (var step = 0; step < 5; step++) second.Step(step + 900); // what was in it before must not matter
            second.Restore(first.Save());
            Assert.Equal(first.Save(), second.Save());
            for (var step = cut; step < Steps; step++) second.Step(step);
            Assert.True(expected.AsSpan().SequenceEqual(second.Save()), $"restored at step {cut}");
        }
    }

    [Fact]
    public void It_has_the_stated_size() => Assert.Equal(StatedBytes, New().StateBytes);

    [Fact]
    public void Truncated_or_foreign_bytes_are_refused()
    {
        var state = New();
        state.Step(0);
        var bytes = state.Save();
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 50))
            Assert.Throws<StateFormatException>(() => New().Restore(bytes.AsSpan(0, length)));
        bytes[0] ^= 1;
        Assert.Throws<StateFormatException>(() => New().Restore(bytes));
    }
}
