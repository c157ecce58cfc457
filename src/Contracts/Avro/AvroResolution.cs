using System.Buffers;

namespace Kafka.Stock.Contracts;

/// <summary>Reads what one schema wrote as another expects it: Avro's schema resolution, compiled once for a pair of schemas.</summary>
/// <remarks>It turns the writer's bytes into the reader's bytes, so the hand-written codecs read old records unchanged, and allocates
/// nothing once the output has grown. Apache Avro 1.12 specification, "Schema Resolution". Of a reader's union the branch of the same
/// type and full name wins, then one of the same unqualified name, then the first promotion. Safe for concurrent use.</remarks>
public sealed class AvroResolution
{
    readonly AvroPlanStep _plan;

    AvroResolution(AvroPlanStep plan) => _plan = plan;

    /// <summary>What the reader can't read of what the writer's schema allows; empty when it reads all of it.</summary>
    public IReadOnlyList<AvroIncompatibility> Incompatibilities { get; private init; } = [];

    /// <summary>Compiles the plan of a pair. An incompatible pair has one too: it reads the values that both can say.</summary>
    /// <exception cref="RefusedException">The pair is too big: unions of thousands of branches against each other.</exception>
    public static AvroResolution Compile(AvroSchema writer, AvroSchema reader)
    {
        var plan = AvroPlanCompiler.Compile(writer, reader);
        return new AvroResolution(plan) { Incompatibilities = AvroPlanCompiler.Refusals(plan) };
    }

    /// <summary>Appends the body that the reader's schema has for a body of the writer's.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes, or a value that the reader's schema can't say.</exception>
    public void Transcode(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        var reader = new AvroReader(body);
        TranscodeNext(ref reader, output);
        reader.RequireEnd();
    }

    /// <summary>Appends the body for the next of several values.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes, or a value that the reader's schema can't say.</exception>
    public void TranscodeNext(ref AvroReader reader, IBufferWriter<byte> output)
    {
        var writer = new AvroWriter(output);
        AvroPlanRunner.Run(_plan, ref reader, ref writer, depth: 0);
        writer.Flush();
    }
}
