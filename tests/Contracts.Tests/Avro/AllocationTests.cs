using System.Buffers;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>The hot path allocates nothing once it is warm.</summary>
public sealed class AllocationTests
{
    static readonly SeriesId s_series = new("AAPL", "1d", "csv");

    [Fact]
    public void Market_records_and_bars_are_written_and_read_without_allocating()
    {
        Assert.Equal(0, BytesOf(new Tick("SPY", "iex", 1, new Price(303_210_000), 100, 1)));
        Assert.Equal(0, BytesOf(new SourceBar("AAPL", "csv", "1d", 1, 2, new(1), new(2), new(3), new(4), 5, 6)));
        Assert.Equal(0, BytesOf(new Watermark("日本", "csv", 1, 2)));
        Assert.Equal(0, BytesOf(new CorporateAction("AAPL", "csv", CorporateActionKind.Dividend, 1, 0.5, 1, 2)));
        Assert.Equal(0, BytesOf(new IngestPosition("csv", "AAPL", 1, 2)));
        Assert.Equal(0, BytesOf(new Bar(s_series, 1, 2, new(1), new(2), new(3), new(4), 5, 6)));
        Assert.Equal(0, BytesOf(new FoldProgress(1, 2)));
    }

    [Fact]
    public void Micro_batches_forecasts_and_scores_are_filled_in_place()
    {
        var batch = new MicroBatch { Series = s_series, Features = new float[20], VolatilityInputs = new double[4] };
        batch.ResizeRows(4);
        foreach (var row in batch.Rows) row.Features = new float[20];
        Assert.Equal(0, BytesOf(batch));
        var interval = new ForecastInterval(0.9, 1, 2, IntervalKind.Bounded);
        Assert.Equal(0, BytesOf(new Forecast
        {
            Series = s_series,
            Served = "online",
            Strategies =
            [
                new() { Strategy = "naive", Intervals = [interval] },
                new() { Strategy = "online", ModelId = new string('a', 64) },
            ],
        }));
        Assert.Equal(0, BytesOf(new Score
        {
            Series = s_series,
            Served = "online",
            Strategies = [new() { Strategy = "naive", Mase = 1, Intervals = [new(0.9, IntervalKind.Bounded, true, 0.1)] }],
        }));
    }

    [Fact]
    public void The_frame_and_the_numbers_of_schemas_cost_nothing()
    {
        var value = new ArrayBufferWriter<byte>();
        ConfluentFrame.Write(SchemaIds.Builtin, new Watermark("A", "s", 1, 2), value);
        Assert.Equal(0, Measure(() =>
        {
            value.ResetWrittenCount();
            ConfluentFrame.Write(SchemaIds.Builtin, new Watermark("A", "s", 1, 2), value);
            if (!ConfluentFrame.TryRead(value.WrittenSpan, out var id, out _)) throw new InvalidOperationException("no frame");
            if (SchemaIds.Builtin.NameOf(id) != Watermark.SchemaName) throw new InvalidOperationException("another schema");
        }));
    }

    static long BytesOf<TRecord>(TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        var names = new NamePool();
        TRecord? read = default;
        return Measure(() =>
        {
            output.ResetWrittenCount();
            AvroBody.Write(record, output);
            AvroBody.Read(output.WrittenSpan, names, ref read);
        });
    }

    /// <summary>Bytes that the least of some rounds of 1,000 calls allocates: what is really allocated shows in every round, what the
    /// just-in-time compiler's first version of the code boxes only until the next one is there.</summary>
    internal static long Measure(Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 50 && least > 0; round++)
        {
            for (var i = 0; i < 200; i++) action();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
