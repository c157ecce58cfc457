namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>Stands still until the test moves it.</summary>
sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
