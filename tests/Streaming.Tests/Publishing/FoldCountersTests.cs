using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class FoldCountersTests
{
    [Fact]
    public void Every_number_goes_to_an_instrument_with_a_unit_and_the_role()
    {
        var seen = new ConcurrentDictionary<string, long>();
        var units = new ConcurrentDictionary<string, string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Kafka.Stock") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is not { Key: "role", Value: "counters-test" }) continue;
                seen.AddOrUpdate(instrument.Name, value, (_, before) => before + value);
                units[instrument.Name] = instrument.Unit;
            }
        });
        listener.Start();
        var counters = new FoldCounters("counters-test");
        counters.AddConsumed();
        counters.AddPublished(7);
        counters.AddPublished(5);
        counters.AddDeadLetter();
        counters.AddCommit();
        counters.AddRefolded();
        counters.Count(FoldEvent.LateTick);
        counters.Count(FoldEvent.LateTick);

        Assert.Equal(2, counters.EventsOf(FoldEvent.LateTick));
        Assert.Equal(0, counters.EventsOf(FoldEvent.Duplicate));
        Assert.Equal(12, seen["kafka.stock.published.size"]);
        Assert.Equal(2, seen["kafka.stock.fold.events"]);
        Assert.Equal((1, 1, 2, 1, 1), (counters.Consumed, counters.Refolded, counters.Published, counters.DeadLetters, counters.Commits));
        Assert.Equal(7, units.Count);
        Assert.DoesNotContain(units.Values, string.IsNullOrEmpty);
    }
}
