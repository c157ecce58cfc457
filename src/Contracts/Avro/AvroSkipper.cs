namespace Kafka.Stock.Contracts;

/// <summary>Moves over values that nobody wants, checking them no less than a reader would.</summary>
static class AvroSkipper
{
    public static void Skip(AvroSchema schema, ref AvroReader reader, int depth)
    {
        CheckDepth(reader.Offset, depth);
        switch (schema.Kind)
        {
            case AvroKind.Null: break;
            case AvroKind.Boolean: reader.ReadBoolean(); break;
            case AvroKind.Int: reader.ReadInt(); break;
            case AvroKind.Long: reader.ReadLong(); break;
            case AvroKind.Float: reader.Skip(sizeof(float)); break;
            case AvroKind.Double: reader.Skip(sizeof(double)); break;
            case AvroKind.Fixed: reader.Skip(schema.Size); break;
            case AvroKind.Bytes: reader.ReadBytes(); break;
            case AvroKind.String: reader.ReadUtf8(); break;
            case AvroKind.Enum: reader.ReadEnum(schema.Symbols.Count); break;
            case AvroKind.Union: Skip(schema.Branches[reader.ReadUnion(schema.Branches.Count)], ref reader, depth + 1); break;
            case AvroKind.Array:
            case AvroKind.Map: SkipBlocks(schema, ref reader, depth + 1); break;
            default:
                for (var i = 0; i < schema.Fields.Count; i++) Skip(schema.Fields[i].Schema, ref reader, depth + 1);
                break;
        }
    }

    /// <summary>Refuses values nested deeper than <see cref="AvroJson.MaxValueDepth"/>.</summary>
    public static void CheckDepth(int offset, int depth)
    {
        if (depth > AvroJson.MaxValueDepth) AvroDefect.Throw(offset, "values nested deeper", $"at most {AvroJson.MaxValueDepth} levels");
    }

    static void SkipBlocks(AvroSchema schema, ref AvroReader reader, int depth)
    {
        var isMap = schema.Kind == AvroKind.Map;
        while (reader.ReadBlock(schema.Items!.MinBytes + (isMap ? 1 : 0)) is var count and > 0)
        {
            for (; count > 0; count--)
            {
                if (isMap) reader.ReadUtf8();
                Skip(schema.Items, ref reader, depth);
            }
        }
    }
}
