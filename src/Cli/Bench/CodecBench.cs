using System.Buffers;
using System.Diagnostics;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Decoding and encoding ticks beside copying the same bytes, and beside other implementations of Avro.</summary>
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
        var (planned, plannedBytes) = WithPlan(bytes, ends, names);
        var body = bytes[..ends[0]];
        var python = ForeignCodecs.Python(body);
        var avsc = ForeignCodecs.Avsc(body);
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
            new(
                "plan_decode_per_second", Records / planned,
                "ticks a second a core from a later writer's schema, by a resolution plan; at least 2,500,000 wanted"),
            new("plan_decode_allocated_bytes", plannedBytes, "bytes a tick"),
            new("plan_ratio", decode / planned, "of the rate without a plan"),
            new("python_decode_per_second", python.Decode, "ticks a second, python3-avro (reference; nothing where it isn't there)"),
            new("python_encode_per_second", python.Encode, "ticks a second, python3-avro (reference)"),
            new("decode_ratio_to_python", Records / decode / python.Decode, "times as fast as python3-avro"),
            new("encode_ratio_to_python", Records / encode / python.Encode, "times as fast as python3-avro"),
            new("avsc_decode_per_second", avsc.Decode, "ticks a second, npm's avsc (reference; nothing where npm can't install it)"),
            new("avsc_encode_per_second", avsc.Encode, "ticks a second, npm's avsc (reference)"),
            new("decode_ratio_to_avsc", Records / decode / avsc.Decode, "times as fast as avsc"),
            new("encode_ratio_to_avsc", Records / encode / avsc.Encode, "times as fast as avsc"),
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

    /// <summary>The writer has a field more than the reader knows: the commonest of changes.</summary>
    static (double Seconds, double BytesPerTick) WithPlan(byte[] bytes, int[] ends, NamePool names)
    {
        var text = StockSchemas.Text(Tick.SchemaName);
        var at = text.LastIndexOf(']');
        var later = AvroSchema.Parse(text[..at] + """, {"name": "venue", "type": "string"}]""" + text[(at + 1)..]);
        var plan = AvroResolution.Compile(later, StockSchemas.Get(Tick.SchemaName));
        var (written, writtenEnds) = (new ArrayBufferWriter<byte>(2 * bytes.Length), new int[ends.Length]);
        for (var i = 0; i < ends.Length; i++)
        {
            written.Write(bytes.AsSpan(i == 0 ? 0 : ends[i - 1], ends[i] - (i == 0 ? 0 : ends[i - 1])));
            written.Write([(byte)2, (byte)'V']);
            writtenEnds[i] = written.WrittenCount;
        }

        var (source, output) = (written.WrittenSpan.ToArray(), new ArrayBufferWriter<byte>(1_024));
        Decode(plan, source, writtenEnds, output, names);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var seconds = Best(() => Decode(plan, source, writtenEnds, output, names));
        return (seconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Records * Rounds));
    }

    static void Decode(AvroResolution plan, byte[] bytes, int[] ends, ArrayBufferWriter<byte> output, NamePool names)
    {
        var start = 0;
        var sum = 0L;
        foreach (var end in ends)
        {
            Tick tick = default;
            output.ResetWrittenCount();
            plan.Transcode(bytes.AsSpan(start, end - start), output);
            AvroBody.Read(output.WrittenSpan, names, ref tick);
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
