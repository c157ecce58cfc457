using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Measures the host beside a bare client loop: consume, transform, produce, at least once, on the same embedded broker in the
/// same run.</summary>
/// <remarks>The bare loop hands bytes through as they are; the host decodes Avro, finds the series, steps, and encodes again. Time runs
/// from the first record to the last commit. The broker keeps 5 MiB a partition, so it goes in rounds, bare and hosted in turn; medians
/// are given.</remarks>
public static class StreamBench
{
    const int Partitions = 8;
    const int Symbols = 64;

    /// <summary>What the bare loop is set to: a well-tuned loop, not a straw man.</summary>
    public const string BaselineSettings =
        "Confluent.Kafka 2.15.1: span deserializers into structs, consume.result.fields=none, fetch.queue.backoff.ms=2, assign; "
        + "one message and exact-length buffers used again, no delivery reports, acks=all, idempotence, lz4, linger.ms=5; "
        + "flush and commit of an offset array each 100 ms";

    /// <summary>Runs rounds of both.</summary>
    /// <param name="rounds">Rounds of each, 1 or more.</param>
    /// <param name="recordsPerRound">Records a round, 1,000 to 150,000: the broker must keep them all.</param>
    public static async Task<StreamBenchResult> RunAsync(int rounds = 5, int recordsPerRound = 120_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsPerRound, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recordsPerRound, 150_000);
        var bare = new List<(double Rate, double Bytes)>();
        var host = new List<(double Rate, double Bytes)>();
        long recordBytes = 0;
        for (var round = -1; round < rounds; round++)
        {
            using var broker = EmbeddedBroker.StartEmpty();
            foreach (var topic in new[] { BenchFold.In, BenchFold.Out, BareLoop.Out }) broker.CreateTopic(topic.Name, Partitions);
            recordBytes = Fill(broker.Options, recordsPerRound) / recordsPerRound;
            var isHostFirst = int.IsEvenInteger(round);
            if (isHostFirst) host.Add(await RunHostAsync(broker.Options, recordsPerRound));
            bare.Add(BareLoop.Run(broker.Options, Partitions, recordsPerRound));
            if (!isHostFirst) host.Add(await RunHostAsync(broker.Options, recordsPerRound));
        }

        // The first round has warmed both up.
        bare.RemoveAt(0);
        host.RemoveAt(0);
        return new StreamBenchResult
        {
            Rounds = rounds,
            RecordsPerRound = recordsPerRound,
            RecordBytes = recordBytes,
            HostRecordsPerSecond = Median(host.Select(round => round.Rate)),
            BareRecordsPerSecond = Median(bare.Select(round => round.Rate)),
            HostBytesPerRecord = Median(host.Select(round => round.Bytes)),
            BareBytesPerRecord = Median(bare.Select(round => round.Bytes)),
        };
    }

    /// <returns>Bytes of the values published.</returns>
    static long Fill(KafkaOptions options, int records)
    {
        var counters = new FoldCounters("bench");
        using var publisher = new RecordPublisher(options, counters);
        var source = new string('s', NamePool.MaxNameBytes);
        var interval = new string('i', NamePool.MaxNameBytes - 8);
        var symbols = Enumerable.Range(0, Symbols).Select(i => $"BENCH{i:00}").ToArray();
        for (var i = 0; i < records; i++)
        {
            var price = new Price(100_000_000 + i);
            publisher.Publish(BenchFold.In, symbols[i % Symbols], new SourceBar(
                symbols[i % Symbols], source, interval, 1_000_000L * i, 1_000_000L * (i + 1), price, price, price, price, i, i));
        }

        publisher.Flush();
        return counters.PublishedBytes;
    }

    static async Task<(double Rate, double Bytes)> RunHostAsync(KafkaOptions options, int records)
    {
        var clock = new BenchClock(records);
        using var stop = new CancellationTokenSource();
        var hosting = new FoldHostOptions { Group = "bench-host" };
        var host = new FoldHost<SourceBar, BenchState>(() => new BenchFold(clock, stop), options, hosting);
        var caughtUp = host.CaughtUpAsync(CancellationToken.None);
        var run = host.RunAsync(stop.Token);
        await caughtUp;
        var measured = clock.Stop();
        await run;
        return measured;
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
