using System.Collections.Concurrent;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>Readers forecast while the fold learns.</summary>
public sealed class ModelWindowTests
{
    [Fact]
    public void Readers_see_whole_models_only()
    {
        var batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(1, 2_000));
        var features = batches[^1].Features;
        var fold = new FoldUnderTest().Feed(batches.Take(1));
        var window = fold.State.Window;
        Assert.Null(window.Read());
        var written = new Dictionary<long, (ulong Checksum, double Forecast)>();
        var seen = new ConcurrentBag<(long Bar, ulong Checksum, double Forecast)>();
        var done = 0;
        var readers = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            var last = 0L;
            while (Volatile.Read(ref done) == 0)
            {
                if (window.Read() is not { } model) continue;
                Assert.True(model.BarEndUs >= last);
                if (model.BarEndUs != last) seen.Add((model.BarEndUs, model.Checksum(), model.Forecast(features)));
                last = model.BarEndUs;
            }
        })).ToList();
        foreach (var reader in readers) reader.Start();
        foreach (var batch in batches.Skip(1))
        {
            fold.Feed([batch]);
            var model = window.Read()!;
            Assert.Equal(batch.BarEndUs, model.BarEndUs);
            written[batch.BarEndUs] = (model.Checksum(), model.Forecast(features));
        }

        Volatile.Write(ref done, 1);
        foreach (var reader in readers) reader.Join();
        Assert.All(seen, item => Assert.Equal(written[item.Bar], (item.Checksum, item.Forecast)));
        Assert.True(seen.Select(item => item.Bar).Distinct().Count() > 10, $"{seen.Count} models seen");
        Assert.Equal(written.Count, written.Values.Select(item => item.Checksum).Distinct().Count());
    }

    [Fact]
    public void A_copy_forecasts_what_the_fold_published()
    {
        var batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(2, 300));
        var fold = new FoldUnderTest().Feed(batches.Take(100));
        fold.State.Window.Read();
        foreach (var batch in batches.Skip(100))
        {
            fold.Log.Clear();
            fold.Feed([batch]);
            var published = fold.Log.Of<Contracts.Forecast>().Single().Strategies[^1].PredictedReturn;
            Assert.Equal(published, fold.State.Window.Read()!.Forecast(batch.Features) * batch.Scale);
        }
    }
}
