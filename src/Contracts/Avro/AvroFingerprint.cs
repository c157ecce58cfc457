using System.Security.Cryptography;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>Fingerprints of a schema's canonical form.</summary>
public static class AvroFingerprint
{
    const ulong Empty = 0xC15D_213A_A4D7_A795;

    static readonly ulong[] s_table = MakeTable();

    /// <summary>CRC-64-AVRO, the Rabin fingerprint of the specification: small, good for caches, not against an adversary.</summary>
    public static ulong Crc64(AvroSchema schema) => Crc64(Encoding.UTF8.GetBytes(schema.CanonicalForm));

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Sha256(AvroSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema.CanonicalForm)));

    /// <summary>MD5, lower-case hex: some registries and caches of the Avro world go by it. No protection against an adversary.</summary>
#pragma warning disable CA5351 // the specification names MD5; nothing here is secured by it
    public static string Md5(AvroSchema schema) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(schema.CanonicalForm)));
#pragma warning restore CA5351

    /// <summary>The line that <c>schemas/fingerprints.txt</c> must have for a schema: CRC-64-AVRO, SHA-256, full name.</summary>
    public static string Line(AvroSchema schema) => $"{Crc64(schema):x16} {Sha256(schema)} {schema.FullName}";

    internal static ulong Crc64(ReadOnlySpan<byte> bytes)
    {
        var crc = Empty;
        foreach (var item in bytes) crc = (crc >> 8) ^ s_table[(byte)crc ^ item];
        return crc;
    }

    static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (Empty & (0UL - (crc & 1)));
            table[i] = crc;
        }

        return table;
    }
}
