using System.Buffers;

namespace Kafka.Stock.Contracts;

/// <summary>Runs the steps of a resolution plan over bytes.</summary>
static class AvroPlanRunner
{
    const int OffsetsOnStack = 64;

    /// <summary>A small body can ask for a big default many times over.</summary>
    const int MaxOutputBytes = 64 << 20;

    public static void Run(AvroPlanStep step, ref AvroReader reader, ref AvroWriter writer, int depth)
    {
        switch (step.Code)
        {
            case AvroPlanStep.Op.Null: break;
            case AvroPlanStep.Op.Boolean: writer.WriteBoolean(reader.ReadBoolean()); break;
            case AvroPlanStep.Op.Int: writer.WriteLong(reader.ReadInt()); break;
            case AvroPlanStep.Op.Long: writer.WriteLong(reader.ReadLong()); break;
            case AvroPlanStep.Op.Float: writer.WriteFixed(reader.ReadFixed(sizeof(float))); break;
            case AvroPlanStep.Op.Double: writer.WriteFixed(reader.ReadFixed(sizeof(double))); break;
            case AvroPlanStep.Op.Bytes: writer.WriteBytes(reader.ReadBytes()); break;
            case AvroPlanStep.Op.Text: writer.WriteBytes(reader.ReadUtf8()); break;
            case AvroPlanStep.Op.Fixed: writer.WriteFixed(reader.ReadFixed(step.Number)); break;
            case AvroPlanStep.Op.ToFloat: writer.WriteFloat(reader.ReadLong()); break;
            case AvroPlanStep.Op.ToDouble: writer.WriteDouble(reader.ReadLong()); break;
            case AvroPlanStep.Op.FloatToDouble: writer.WriteDouble(reader.ReadFloat()); break;
            case AvroPlanStep.Op.Enum: RunEnum(step, ref reader, ref writer); break;
            case AvroPlanStep.Op.Default: WriteDefault(step, in reader, ref writer); break;
            case AvroPlanStep.Op.Skip: AvroSkipper.Skip(step.Writer!, ref reader, depth); break;
            case AvroPlanStep.Op.Refuse: AvroDefect.Throw(reader.Offset, step.Refusal!.Message, "what the reader's schema can say"); break;
            default: RunInner(step, ref reader, ref writer, depth + 1); break;
        }
    }

    static void RunInner(AvroPlanStep step, ref AvroReader reader, ref AvroWriter writer, int depth)
    {
        AvroSkipper.CheckDepth(reader.Offset, depth);
        switch (step.Code)
        {
            case AvroPlanStep.Op.Record: RunFields(step.Steps, ref reader, ref writer, depth); break;
            case AvroPlanStep.Op.Reordered: RunReordered(step, ref reader, ref writer, depth); break;
            case AvroPlanStep.Op.Array:
            case AvroPlanStep.Op.Map: RunBlocks(step, ref reader, ref writer, depth); break;
            case AvroPlanStep.Op.Union: Run(step.Steps[reader.ReadUnion(step.Steps.Length)], ref reader, ref writer, depth); break;
            case AvroPlanStep.Op.Wrap:
                writer.WriteInt(step.Number);
                Run(step.Inner!, ref reader, ref writer, depth);
                break;
            default: throw new ArgumentException($"found {step.Code}; expected a step of a plan", nameof(step));
        }
    }

    /// <summary>Fields that both schemas write alike are checked one by one and copied together.</summary>
    static void RunFields(AvroPlanStep[] fields, ref AvroReader reader, ref AvroWriter writer, int depth)
    {
        var copiedTo = reader.Offset;
        foreach (var field in fields)
        {
            var start = reader.Offset;
            if (TryPass(field, ref reader)) continue;
            writer.WriteFixed(reader.Between(copiedTo, start));
            Run(field, ref reader, ref writer, depth);
            copiedTo = reader.Offset;
        }

        writer.WriteFixed(reader.Between(copiedTo, reader.Offset));
    }

    /// <summary>Reads over a value whose bytes are the same for writer and reader; false, and nothing read, when they may
    /// differ.</summary>
    static bool TryPass(AvroPlanStep step, ref AvroReader reader)
    {
        switch (step.Code)
        {
            case AvroPlanStep.Op.Null: return true;
            case AvroPlanStep.Op.Boolean: reader.ReadBoolean(); return true;
            case AvroPlanStep.Op.Int: reader.ReadInt(); return true;
            case AvroPlanStep.Op.Long: reader.PassLong(); return true;
            case AvroPlanStep.Op.Float: reader.ReadFixed(sizeof(float)); return true;
            case AvroPlanStep.Op.Double: reader.ReadFixed(sizeof(double)); return true;
            case AvroPlanStep.Op.Bytes: reader.ReadBytes(); return true;
            case AvroPlanStep.Op.Text: reader.ReadUtf8(); return true;
            case AvroPlanStep.Op.Fixed: reader.ReadFixed(step.Number); return true;
            default: return false;
        }
    }

    static void WriteDefault(AvroPlanStep step, in AvroReader reader, ref AvroWriter writer)
    {
        if (writer.Written > MaxOutputBytes) AvroDefect.Throw(reader.Offset, "defaults without end", $"at most {MaxOutputBytes} bytes");
        writer.WriteFixed(step.Default.Span);
    }

    static void RunEnum(AvroPlanStep step, ref AvroReader reader, ref AvroWriter writer)
    {
        var start = reader.Offset;
        var symbol = step.Symbols[reader.ReadEnum(step.Symbols.Length)];
        if (symbol < 0) AvroDefect.Throw(start, step.Refusal!.Message, "a symbol that the reader's schema knows");
        writer.WriteInt(symbol);
    }

    static void RunBlocks(AvroPlanStep step, ref AvroReader reader, ref AvroWriter writer, int depth)
    {
        var isMap = step.Code == AvroPlanStep.Op.Map;
        while (reader.ReadBlock(step.Number) is var count and > 0)
        {
            writer.WriteBlock(count);
            for (; count > 0; count--)
            {
                if (isMap) writer.WriteBytes(reader.ReadUtf8());
                Run(step.Inner!, ref reader, ref writer, depth);
            }
        }

        writer.WriteBlocksEnd();
    }

    /// <summary>Two passes: one finds where the writer's fields begin, one takes them in the reader's order.</summary>
    static void RunReordered(AvroPlanStep step, ref AvroReader reader, ref AvroWriter writer, int depth)
    {
        var fields = step.Writer!.Fields;
        var rented = fields.Count > OffsetsOnStack ? ArrayPool<int>.Shared.Rent(fields.Count) : null;
        Span<int> offsets = rented ?? stackalloc int[OffsetsOnStack];
        for (var i = 0; i < fields.Count; i++)
        {
            offsets[i] = reader.Offset;
            AvroSkipper.Skip(fields[i].Schema, ref reader, depth);
        }

        var end = reader.Offset;
        for (var i = 0; i < step.Steps.Length; i++)
        {
            if (step.Symbols[i] >= 0) reader.Seek(offsets[step.Symbols[i]]);
            Run(step.Steps[i], ref reader, ref writer, depth);
        }

        reader.Seek(end);
        if (rented is not null) ArrayPool<int>.Shared.Return(rented);
    }
}
