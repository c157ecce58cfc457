using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Kafka.Stock.Contracts;

/// <summary>Gives the same string for the same short UTF-8: symbols and sources come again with every record, and must not
/// allocate.</summary>
/// <remarks>A cache of fixed size, sets of 8 entries with the oldest replaced: hostile input makes it slow, never big.
/// Two calls with the same bytes mostly give one instance; who needs equality compares the text. Not safe for concurrent use.</remarks>
public sealed class NamePool
{
    /// <summary>The longest name that is kept, in UTF-8 bytes. A longer one is a new string each time.</summary>
    public const int MaxNameBytes = 64;

    const int Ways = 8;

    readonly string?[] _names;
    readonly ulong[] _hashes;
    readonly byte[] _next;
    readonly uint _setMask;

    /// <summary>A pool of at most <paramref name="capacity"/> names.</summary>
    /// <param name="capacity">Names, 8 to 1,048,576, rounded up to a power of two. The default holds the symbols of an exchange.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public NamePool(int capacity = 32_768)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, Ways);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 20);
        Capacity = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        _names = new string?[Capacity];
        _hashes = new ulong[Capacity];
        _next = new byte[Capacity / Ways];
        _setMask = (uint)(Capacity / Ways) - 1;
    }

    /// <summary>Names held at most.</summary>
    public int Capacity { get; }

    /// <summary>The string of these bytes; null when they aren't UTF-8.</summary>
    public string? GetOrAdd(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > MaxNameBytes) return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;
        var hash = Hash(utf8);
        var set = (uint)(hash >> 40) & _setMask;
        var first = (int)(set * Ways);
        for (var i = first; i < first + Ways; i++)
        {
            if (_hashes[i] == hash && _names[i] is { } name && IsSame(utf8, name)) return name;
        }

        return Utf8.IsValid(utf8) ? Add(utf8, hash, set) : null;
    }

    static bool IsSame(ReadOnlySpan<byte> utf8, string name)
    {
        if (Ascii.Equals(utf8, name)) return true;
        if (Ascii.IsValid(utf8)) return false;
        Span<char> text = stackalloc char[MaxNameBytes];
        return Utf8.ToUtf16(utf8, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            && text[..length].SequenceEqual(name);
    }

    /// <summary>Eight bytes at a time, each mixed by a multiplication with the golden ratio's bits; the length tells padding from
    /// zeros.</summary>
    static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)utf8.Length;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..]) hash = Mix(hash ^ MemoryMarshal.Read<ulong>(utf8));
        ulong tail = 0;
        for (var i = 0; i < utf8.Length; i++) tail |= (ulong)utf8[i] << (8 * i);
        return Mix(hash ^ tail);

        static ulong Mix(ulong value)
        {
            value *= Golden;
            return value ^ (value >> 29);
        }
    }

    string Add(ReadOnlySpan<byte> utf8, ulong hash, uint set)
    {
        var slot = (int)(set * Ways) + _next[set];
        _next[set] = (byte)((_next[set] + 1) % Ways);
        var name = Encoding.UTF8.GetString(utf8);
        _names[slot] = name;
        _hashes[slot] = hash;
        return name;
    }
}
