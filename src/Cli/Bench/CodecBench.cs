using System.Buffers;
using System.Diagnostics;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Decoding and encoding ticks beside copying the same bytes.</summary>
static class CodecBench
{
    const int Records = 100_000;
    const int Rounds = 20;

    public static IReadOnlyList<BenchFigure> Run()
    {
        var buffer = new ArrayBufferWriter<byte>(Records * 64);
        var ends = new int[Records];
        for (var i = 0; i < Records; i++)
        {
            var timeUs = 1_572_442_200_000_000 + (i * 1_000L);
            var price = new Price(304_120_000 + (i % 1_000 * 10_000));
            AvroBody.Write(new Tick("SPY", "iex", timeUs, price, 100 + (i % 50), i), buffer);
            ends[i] = buffer.WrittenCount;
        }

        var bytes = buffer.WrittenSpan.ToArray();
        var names = new NamePool();
        Decode(bytes, ends, names);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decode = Best(() => Decode(bytes, ends, names));
        var decodeBytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Records * Rounds);
        var target = new ArrayBufferWriter<byte>(bytes.Length);
        var tick = new Tick("SPY", "iex", 1_572_442_200_000_000, new Price(304_120_000), 100, 1);
        Encode(tick, target);
        before = GC.GetAllocatedBytesForCurrentThread();
        var encode = Best(() => Encode(tick, target));
        var encodeBytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Records * Rounds);
        var copy = new byte[bytes.Length];
        var copied = Best(() => Copy(bytes, ends, copy));
        return
        [
            new("decode_per_second", Records / decode, "ticks a second a core; at least 5,000,000 wanted"),
            new("decode_allocated_bytes", decodeBytes, "bytes a tick"),
            new("encode_per_second", Records / encode, "ticks a second a core"),
            new("encode_allocated_bytes", encodeBytes, "bytes a tick"),
            new("copy_per_second", Records / copied, "ticks a second, copying the same bytes one record at a time (reference)"),
            new("decode_ratio_to_copy", copied / decode, "of the reference's rate"),
        ];
    }

    static void Decode(byte[] bytes, int[] ends, NamePool names)
    {
        var start = 0;
        var sum = 0L;
        foreach (var end in ends)
        {
            Tick tick = default;
            AvroBody.Read(bytes.AsSpan(start, end - start), names, ref tick);
            sum += tick.Sequence;
            start = end;
        }

        if (sum != Records * (Records - 1L) / 2) throw new InvalidOperationException("the decoded ticks aren't those that were encoded");
    }

    static void Encode(in Tick tick, ArrayBufferWriter<byte> target)
    {
        target.ResetWrittenCount();
        for (var i = 0; i < Records; i++) AvroBody.Write(tick, target);
    }

    static void Copy(byte[] bytes, int[] ends, byte[] copy)
    {
        var start = 0;
        foreach (var end in ends)
        {
            bytes.AsSpan(start, end - start).CopyTo(copy.AsSpan(start));
            start = end;
        }
    }

    /// <summary>Seconds of the best of the rounds: the least disturbed one.</summary>
    static double Best(Action round)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            round();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
