using Kafka.Stock.Lakehouse;
using Xunit;

namespace Kafka.Stock.TestKit;

/// <summary>One ClickHouse for the tests of a class; skips them, with the reason, where it isn't installed.</summary>
public sealed class ClickHouseFixture : IDisposable
{
    readonly Lazy<ClickHouse?> _started = new(ClickHouse.TryStart);

    /// <summary>It, or a skipped test.</summary>
    public ClickHouse Get()
    {
        Skip.If(_started.Value is null, ClickHouse.Missing);
        return _started.Value!;
    }

    public void Dispose()
    {
        if (_started.IsValueCreated) _started.Value?.Dispose();
    }
}
