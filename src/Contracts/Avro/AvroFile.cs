using System.Buffers;
using System.Globalization;

namespace Kafka.Stock.Contracts;

/// <summary>Reads a file of Avro values as JSON lines: a container file, single-object values, or bare bodies, one after the
/// other.</summary>
public static class AvroFile
{
    /// <summary>The biggest file that isn't a container file, bytes: it is read as a whole.</summary>
    public const int MaxBytes = 1 << 30;

    /// <summary>Every value of a file, in order.</summary>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="stream">The file from its first byte; must be seekable.</param>
    /// <param name="schema">What the values were written with; for a container file, whose header says that, what they are to be read
    /// as, or null for the header's own.</param>
    /// <returns>One line of JSON each, made while they are asked for.</returns>
    /// <exception cref="BrokenInputException">The file is cut or spoilt, or too big; no schema where one is needed; a value that
    /// <paramref name="schema"/> can't say.</exception>
    /// <exception cref="RefusedException">A container file of a codec that isn't ours.</exception>
    public static IEnumerable<string> ReadLines(string name, Stream stream, AvroSchema? schema)
    {
        var isContainer = StartsWith(stream, "Obj\u0001"u8);
        if (!isContainer && schema is null) throw new BrokenInputException(name, "no container file, and no schema", "either of them");
        return isContainer ? ReadContainer(name, stream, schema) : ReadBodies(name, ReadAll(name, stream), schema!);
    }

    static IEnumerable<string> ReadContainer(string name, Stream stream, AvroSchema? schema)
    {
        var container = new AvroContainerReader(name, stream);
        var plan = schema is null ? null : AvroResolution.Compile(container.Schema, schema);
        for (var block = 0; container.TryReadBlock(out var count, out var body); block++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{name}, block {block},");
            var at = default(Place);
            for (; count > 0; count--) yield return Next(where, container.Schema, plan, schema, body.Span, ref at);
            if (at.Byte < body.Length) throw Broken(where, at.Byte, $"{body.Length - at.Byte} more bytes", "the end of the block");
        }
    }

    static IEnumerable<string> ReadBodies(string name, byte[] bytes, AvroSchema schema)
    {
        var fingerprint = AvroFingerprint.Crc64(schema);
        var isMarked = AvroSingleObject.TryRead(bytes, out var found, out _) && found == fingerprint;
        for (var at = default(Place); at.Byte < bytes.Length;)
        {
            var start = at.Byte;
            if (isMarked && (!AvroSingleObject.TryRead(bytes.AsSpan(start), out found, out _) || found != fingerprint))
            {
                throw Broken(name, start, "another beginning", $"C3 01 and the fingerprint of {schema.FullName}");
            }

            if (isMarked) at.Byte += AvroSingleObject.PrefixBytes;
            yield return Next(name, schema, null, null, bytes, ref at);
            if (at.Byte != start) continue;
            throw Broken(name, start, $"{bytes.Length - start} more bytes", "none: a value of the schema takes no bytes");
        }
    }

    static string Next(
        string where, AvroSchema writer, AvroResolution? plan, AvroSchema? schema, ReadOnlySpan<byte> bytes, ref Place at)
    {
        try
        {
            var reader = new AvroReader(bytes[at.Byte..]) { EmptyItems = at.EmptyItems };
            string line;
            if (plan is null) line = AvroJson.Next(writer, ref reader);
            else
            {
                var body = new ArrayBufferWriter<byte>();
                plan.TranscodeNext(ref reader, body);
                line = AvroJson.ToJson(schema!, body.WrittenSpan);
            }

            at = new Place { Byte = at.Byte + reader.Offset, EmptyItems = reader.EmptyItems };
            return line;
        }
        catch (RecordDefectException e)
        {
            throw new BrokenInputException(
                string.Create(CultureInfo.InvariantCulture, $"{where} value at byte {at.Byte}, {e.Where} of it"), e.Found, e.Expected, e);
        }
    }

    static byte[] ReadAll(string name, Stream stream)
    {
        if (stream.Length > MaxBytes) throw new BrokenInputException(name, $"{stream.Length} bytes", $"at most {MaxBytes}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static bool StartsWith(Stream stream, ReadOnlySpan<byte> beginning)
    {
        Span<byte> first = stackalloc byte[beginning.Length];
        var read = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return first[..read].SequenceEqual(beginning);
    }

    static BrokenInputException Broken(string where, int at, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{where} at byte {at}"), found, expected);

    /// <summary>How far one has come: the items that cost no bytes are bounded in a block or file all together.</summary>
    struct Place
    {
        public int Byte;
        public int EmptyItems;
    }
}
