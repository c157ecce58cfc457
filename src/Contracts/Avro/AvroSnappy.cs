using System.Buffers.Binary;

namespace Kafka.Stock.Contracts;

/// <summary>Snappy blocks as Avro has them: raw Snappy, then the CRC-32 of the plain bytes, big-endian.</summary>
/// <remarks>Format: google/snappy, format_description.txt. Packing makes literals only, which every reader
/// takes; use deflate to save room.</remarks>
static class AvroSnappy
{
    const int CrcBytes = 4;
    const int MaxLiteral = 60;

    static readonly uint[] s_crcTable = MakeCrcTable();

    public static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        var rest = (uint)plain.Length;
        for (; rest >= 0x80; rest >>= 7) packed.WriteByte((byte)(rest | 0x80));
        packed.WriteByte((byte)rest);
        for (var at = 0; at < plain.Length; at += MaxLiteral)
        {
            var length = Math.Min(MaxLiteral, plain.Length - at);
            packed.WriteByte((byte)((length - 1) << 2));
            packed.Write(plain, at, length);
        }

        var crc = new byte[CrcBytes];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32(plain));
        packed.Write(crc);
        return packed.ToArray();
    }

    public static byte[]? Unpack(byte[] packed, int most)
    {
        if (packed.Length < CrcBytes + 1) return null;
        var input = packed.AsSpan(0, packed.Length - CrcBytes);
        if (!TryReadLength(ref input, out var length) || length > (uint)most || length > (input.Length + 1L) * 64) return null;
        var plain = new byte[length];
        if (!TryUnpack(input, plain)) return null;
        return BinaryPrimitives.ReadUInt32BigEndian(packed.AsSpan(packed.Length - CrcBytes)) == Crc32(plain) ? plain : null;
    }

    static bool TryReadLength(ref Span<byte> input, out uint length)
    {
        length = 0;
        for (var i = 0; i < 5 && i < input.Length; i++)
        {
            length |= (uint)(input[i] & 0x7F) << (7 * i);
            if (input[i] >= 0x80) continue;
            input = input[(i + 1)..];
            return true;
        }

        return false;
    }

    static bool TryUnpack(ReadOnlySpan<byte> input, Span<byte> plain)
    {
        var (at, used) = (0, 0);
        while (at < input.Length)
        {
            var tag = input[at++];
            if ((tag & 3) == 0)
            {
                if (!TryReadNumber(input, ref at, (tag >> 2) < 60 ? 0 : (tag >> 2) - 59, out var more)) return false;
                var length = 1L + ((tag >> 2) < 60 ? tag >> 2 : more);
                if (length > input.Length - at || length > plain.Length - used) return false;
                input.Slice(at, (int)length).CopyTo(plain[used..]);
                at += (int)length;
                used += (int)length;
            }
            else
            {
                if (!TryReadNumber(input, ref at, (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 }, out var low)) return false;
                var offset = (tag & 3) == 1 ? low + ((uint)(tag >> 5) << 8) : low;
                var length = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
                if (offset == 0 || offset > (uint)used || length > plain.Length - used) return false;
                for (var i = 0; i < length; i++, used++) plain[used] = plain[used - (int)offset]; // may overlap itself: byte by byte
            }
        }

        return used == plain.Length;
    }

    static bool TryReadNumber(ReadOnlySpan<byte> input, ref int at, int bytes, out uint number)
    {
        number = 0;
        if (input.Length - at < bytes) return false;
        for (var i = 0; i < bytes; i++) number |= (uint)input[at++] << (8 * i);
        return true;
    }

    static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var item in bytes) crc = (crc >> 8) ^ s_crcTable[(byte)crc ^ item];
        return ~crc;
    }

    static uint[] MakeCrcTable()
    {
        const uint Polynomial = 0xEDB8_8320;
        var table = new uint[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (Polynomial & (0U - (crc & 1)));
            table[i] = crc;
        }

        return table;
    }
}
